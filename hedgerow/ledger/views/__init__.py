"""Every address of awards and their money."""

from django.urls import URLPattern, path

from . import accounts, awards, conditions, instalments, money, terms

URLS: list[URLPattern] = [
    path("programmes/<int:pk>/terms/", terms.terms, name="terms"),
    path("programmes/<int:pk>/terms/set/", terms.set_terms, name="set_terms"),
    path("awards/<int:pk>/", accounts.account, name="account"),
    path("awards/<int:pk>/draw/", money.draw, name="draw"),
    path("awards/<int:pk>/hand-back/", money.hand_back, name="hand_back"),
    path("awards/<int:pk>/amount/", awards.change_amount, name="change_amount"),
    path("awards/<int:pk>/holding/", awards.change_holding, name="change_holding"),
    path("awards/<int:pk>/close/", awards.close, name="close"),
    path("instalments/<int:pk>/tell/", instalments.tell_instalment, name="tell_instalment"),
    path("instalments/<int:pk>/doubt/", instalments.doubt_instalment, name="doubt_instalment"),
    path("instalments/<int:pk>/release/", instalments.release, name="release"),
    path("entries/<int:pk>/undo/", money.undo, name="undo"),
    path("conditions/<int:pk>/tell/", conditions.tell_condition, name="tell_condition"),
    path("conditions/<int:pk>/doubt/", conditions.doubt_condition, name="doubt_condition"),
    path("conditions/<int:pk>/meet/", conditions.meet_condition, name="meet_condition"),
]
