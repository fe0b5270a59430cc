from django.apps import AppConfig


class CmsConfig(AppConfig):
    name = "cms"
    verbose_name = "Newsroom"

    def ready(self) -> None:
        from cms import checks  # noqa: F401 (registers them)
