from django.apps import AppConfig


class LookConfig(AppConfig):
    name = "hedgerow.look"

    def ready(self):
        from . import refusals

        refusals.in_our_words()
