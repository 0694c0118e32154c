from django.apps import AppConfig


class AssignmentsConfig(AppConfig):
    name = "assignments"
    verbose_name = "Nhiệm vụ"
    default_auto_field = "django.db.models.BigAutoField"
