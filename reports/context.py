"""What every page's frame shows: the menu of this person's roles, unread notices, the demonstration banner."""

from django.conf import settings


def frame(request):
    return {"demo": settings.DEMO, "version": settings.VERSION}
