from desktop_app.system.permissions import Permissions


def test_nothing_is_allowed_before_the_user_says_so() -> None:
    permissions = Permissions()
    assert not permissions.upload
    assert not permissions.may_reach("intranet")


def test_uploading_can_be_allowed_and_withdrawn() -> None:
    permissions = Permissions()
    permissions.set_upload(allowed=True)
    assert permissions.upload
    permissions.set_upload(allowed=False)
    assert not permissions.upload


def test_a_host_is_allowed_by_name_however_it_is_written() -> None:
    permissions = Permissions(hosts=["Intranet.example"])
    assert permissions.may_reach("INTRANET.example.")
    assert not permissions.may_reach("other.example")
    permissions.allow_host("nas.local")
    assert list(permissions.hosts) == ["intranet.example", "nas.local"]
    permissions.forget_hosts()
    assert not permissions.may_reach("nas.local")
