"""What allauth's pages of the second factor leave to us."""

from allauth.mfa.recovery_codes.views import download_recovery_codes


def download_codes(request):
    """allauth's file of recovery codes, under a Vietnamese name."""
    response = download_recovery_codes(request)
    if response.status_code == 200:
        response["Content-Disposition"] = 'attachment; filename="ma-du-phong.txt"'
    return response
