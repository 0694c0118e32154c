"""What allauth's pages of the second factor leave to us."""

from allauth.mfa.recovery_codes.views import download_recovery_codes
from django.http import JsonResponse
from django.views.decorators.http import require_safe


def download_codes(request):
    """allauth's file of recovery codes, under a Vietnamese name."""
    response = download_recovery_codes(request)
    if response.status_code == 200:
        response["Content-Disposition"] = 'attachment; filename="ma-du-phong.txt"'
    return response


@require_safe
def presence(request):
    """How many seconds are left before this session ends for want of an act. Asked with X-Automatic it only tells; without, it
    is the act of somebody who stays (`units.guard.IdleOut`)."""
    return JsonResponse({"left": request.idle_left})
