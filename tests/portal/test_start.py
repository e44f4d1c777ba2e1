from django.core.management import call_command


def test_every_system_check_passes(db: None) -> None:
    call_command("check", fail_level="WARNING")
