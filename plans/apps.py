from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "plans"
    verbose_name = "Đợt và kế hoạch"
    default_auto_field = "django.db.models.BigAutoField"
