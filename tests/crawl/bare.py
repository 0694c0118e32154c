"""A template engine that shows nothing: who may open a page does not depend on how it looks, and thousands are asked for."""

from django.template import TemplateDoesNotExist
from django.template.backends.base import BaseEngine


class Bare(BaseEngine):
    app_dirname = "bare"

    def __init__(self, params):
        params.pop("OPTIONS", None)
        super().__init__(params)

    def get_template(self, name):
        return Nothing()

    def from_string(self, text):
        raise TemplateDoesNotExist(text)


class Nothing:
    def render(self, context=None, request=None):
        return ""
