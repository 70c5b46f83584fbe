from tests.ui.test_cloud import *
from tests.ui.conftest import *
def test_dbg(qtbot, theme, standin, tmp_path):
    shelf = Shelf({_ENTRY: OTHER})
    with cloud_window(qtbot, theme, keyed(standin, mode="cloud"), shelf) as cloud:
        banner = cloud.window.office.banner
        cloud.window.desk.blocked.connect(lambda e: print("blocked", repr(e)))
        cloud.add(*pictures(tmp_path / "p", 3))
        cloud.wait(lambda: banner.isVisible() and cloud.states() == {ItemState.QUEUED})
        banner.enter_key.click()
        panel = cloud.dialog(KeyDialog).panel
        panel.field.setText(KEY)
        QTest.keyClick(panel.field, Qt.Key.Key_Return)
        qtbot.wait(6000)
        print(cloud.states(), shelf.entries.keys(), cloud.no_dialog(KeyDialog), panel.told_text if not cloud.no_dialog(KeyDialog) else "")
        print([ (r.place, r.path, r.headers.get("authorization","")[-6:] if hasattr(r,"headers") else r) for r in standin.requests])
        print(cloud.window.office.cloud.keys.get()[-6:], KEY[-6:])
