"""Telephone numbers on pages."""

from django import template

from units.phones import phone_words

register = template.Library()
register.filter("phone", phone_words)
