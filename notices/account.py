"""allauth's mail goes through our outbox, so that a dead mail server breaks neither login nor reset."""

from uuid import uuid4

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.urls import reverse
from django.utils import timezone

from notices import services
from units.models import Contact

LETTERS = {"account/email/password_reset_key"}
WARNINGS = {
    "account/email/password_changed",
    "account/email/password_reset",
    "account/email/password_set",
    "mfa/email/recovery_codes_generated",
    "mfa/email/totp_activated",
    "mfa/email/totp_deactivated",
    "mfa/email/webauthn_added",
    "mfa/email/webauthn_removed",
}


class OutboxAccountAdapter(DefaultAccountAdapter):
    """Of allauth's letters we send the reset link, and a word after each change of how an account is opened.
    Addresses are changed by administrators, nobody signs up."""

    def is_open_for_signup(self, request):
        """Nobody signs up: accounts are given by the Sở."""
        return False

    def format_email_subject(self, subject):
        """Our letters carry the product's name already."""
        return subject

    def get_password_change_redirect_url(self, request):
        return reverse("mfa_index")

    def get_client_ip(self, request):
        """The address attempts are counted by. A request that came past the proxies counts by where it came from."""
        try:
            return super().get_client_ip(request)
        except ImproperlyConfigured:
            return request.META.get("REMOTE_ADDR", "")

    def get_reset_password_from_key_url(self, key):
        """A link to the address the product is known by, whatever host the request named."""
        uid, _, token = key.partition("-")
        return settings.SITE_URL + reverse("account_reset_password_from_key", kwargs={"uidb36": uid, "key": token})

    def send_mail(self, template_prefix, email, context):
        """A row in the outbox, as a secret: its text is wiped once sent. An unknown or locked address gets nothing (allauth
        has another letter for those, which is not ours)."""
        if template_prefix not in LETTERS:
            return
        people = Contact.objects.current().filter(user__email__iexact=email)
        self._say(template_prefix, people[:1], context, secret=True, email_only=True)

    def send_notification_mail(self, template_prefix, user, context=None, email=None):
        """After the password or the second factor of an account has changed, its owner is told, by mail and in the product."""
        if template_prefix not in WARNINGS:
            return
        facts = {
            "username": user.username,
            "at": timezone.now(),
            "ip": self.get_client_ip(self.request),
        }
        people = Contact.objects.current().filter(user=user)
        self._say(template_prefix, people, facts | (context or {}), path=reverse("mfa_index"))

    def _say(self, template_prefix, people, context, **how):
        message = self.render_mail(template_prefix, "", context)
        services.say(
            key=f"account:{uuid4().hex}",
            recipients=people,
            subject=message.subject,
            text=message.body.strip(),
            now=timezone.now(),
            **how,
        )
