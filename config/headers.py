"""What every answer tells the browser besides its policy of content."""

from units.downloads import ATTACHED

# What a page of ours may use of a device: nothing but its own security keys, to be typed in by and copied from.
POWERS = "accelerometer autoplay camera display-capture encrypted-media geolocation gyroscope hid "
POWERS += (
    "idle-detection local-fonts magnetometer microphone midi payment picture-in-picture serial usb xr-spatial-tracking"
)
ALWAYS = {
    "Permissions-Policy": ", ".join([f"{power}=()" for power in POWERS.split()] + ["publickey-credentials-get=(self)"]),
    "Cross-Origin-Resource-Policy": "same-origin",
}
LEAVING = "account_logout"


def Headers(get_response):
    """Nobody else's page may load ours, no page uses the device, a file handed out is never a page, and an answer that says
    nothing about keeping is kept by nobody: pages hold names and telephone numbers, and computers of a duty room are
    shared. Who signs out takes along what the browser kept of the filed papers."""

    def middleware(request):
        response = get_response(request)
        for name, value in ALWAYS.items():
            response.headers.setdefault(name, value)
        response.headers.setdefault("Cache-Control", "private, no-store")
        if response.headers.get("Content-Disposition", "").startswith("attachment"):
            response.headers["Content-Security-Policy"] = ATTACHED
        match = request.resolver_match
        if match is not None and match.view_name == LEAVING and request.method == "POST":
            response.headers["Clear-Site-Data"] = '"cache"'
        return response

    return middleware
