"""What can be done to people, organisations, clusters and programmes."""

from .accounts import clear_factors, close_account, open_account
from .clusters import (
    create_cluster,
    create_programme,
    end_cluster,
    join_cluster,
    join_new,
    leave_cluster,
    publish_cluster,
)
from .erasures import erase_again, erase_person
from .factors import (
    add_passkey,
    confirm_app,
    make_app,
    make_recovery_codes,
    remove_app,
    remove_passkey,
    try_figures,
    use_passkey,
)
from .invitations import accept_invitation, invite, invite_operator, revoke_invitation
from .organisations import create_organisation, describe_organisation
from .records import load_record
from .seats import (
    add_person,
    break_glass,
    describe_person,
    end_mandate,
    end_seat,
    give_mandate,
    give_seat,
)
from .signing_in import (
    ask_for_code,
    begin_sign_in,
    end_sign_in,
    end_sign_ins,
    enter_example,
    send_code,
    try_code,
)

__all__ = [
    "accept_invitation",
    "add_passkey",
    "add_person",
    "ask_for_code",
    "begin_sign_in",
    "break_glass",
    "clear_factors",
    "close_account",
    "confirm_app",
    "create_cluster",
    "create_organisation",
    "create_programme",
    "describe_organisation",
    "describe_person",
    "end_cluster",
    "end_mandate",
    "end_seat",
    "end_sign_in",
    "end_sign_ins",
    "enter_example",
    "erase_again",
    "erase_person",
    "give_mandate",
    "give_seat",
    "invite",
    "invite_operator",
    "join_cluster",
    "join_new",
    "leave_cluster",
    "load_record",
    "make_app",
    "make_recovery_codes",
    "open_account",
    "publish_cluster",
    "remove_app",
    "remove_passkey",
    "revoke_invitation",
    "send_code",
    "try_code",
    "try_figures",
    "use_passkey",
]
