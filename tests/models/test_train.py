from dataclasses import asdict
from pathlib import Path

import numpy as np
import pytest

from models.training.schedule import one_cycle
from tests.models import makers

torch = pytest.importorskip("torch", reason="torch is only in the training dependency group")


def test_the_rate_climbs_then_falls_to_almost_nothing() -> None:
    rates = [one_cycle(step, 100, 1.0) for step in range(100)]
    assert rates[0] == pytest.approx(1 / 25)
    assert max(rates) == pytest.approx(rates[20]) == pytest.approx(1.0)
    assert rates[-1] == pytest.approx(1 / 2000)


@pytest.mark.parametrize("stop", [1, 3, 5])  # within a pass, at its end, in the next
def test_a_resumed_run_ends_with_the_same_weights(tmp_path: Path, stop: int) -> None:
    from models.training import checkpoint, train
    from models.training.data import split

    settings = train.Settings(epochs=2, batch=16, seed=3)
    made = makers.pictures(60)
    training = split(made)[0]

    def trainer() -> train.Trainer:
        return train.Trainer(train.fresh_state(settings, "cpu"), made, training, settings)

    whole = trainer()
    assert whole.total == 6
    for _ in range(whole.total):
        whole.step()
    first = trainer()
    for _ in range(stop):
        first.step()
    path = tmp_path / "checkpoint.pt"
    checkpoint.save(path, first.state, asdict(settings))
    second = trainer()
    assert checkpoint.restore(path, second.state, asdict(settings))
    for _ in range(second.total - stop):
        second.step()
    expected = whole.state.network.state_dict()
    for name, value in second.state.network.state_dict().items():
        assert torch.equal(value, expected[name]), name


def test_a_checkpoint_of_other_settings_is_refused(tmp_path: Path) -> None:
    from models.training import checkpoint, train

    settings = train.Settings()
    state = train.fresh_state(settings, "cpu")
    assert not checkpoint.restore(tmp_path / "none.pt", state, asdict(settings))
    checkpoint.save(tmp_path / "one.pt", state, asdict(settings))
    with pytest.raises(ValueError, match="another run folder"):
        checkpoint.restore(tmp_path / "one.pt", state, asdict(train.Settings(epochs=99)))


def test_a_warm_start_takes_the_weights_and_the_time_of_the_first_run(tmp_path: Path) -> None:
    from models.training import checkpoint, train

    first = train.fresh_state(train.Settings(seed=1), "cpu")
    second = train.fresh_state(train.Settings(seed=2), "cpu")
    torch.save({"network": first.network.state_dict(), "seconds": 5.0}, tmp_path / "network.pt")
    assert checkpoint.start_from(tmp_path / "network.pt", second.network, seed=0) == 5.0
    for name, value in second.network.state_dict().items():
        assert torch.equal(value, first.network.state_dict()[name]), name


def test_a_warm_start_from_another_split_is_refused(tmp_path: Path) -> None:
    from models.training import checkpoint, train

    state = train.fresh_state(train.Settings(), "cpu")
    torch.save({"network": state.network.state_dict(), "seconds": 5.0, "seed": 1}, tmp_path / "network.pt")
    with pytest.raises(ValueError, match="seed 1"):
        checkpoint.start_from(tmp_path / "network.pt", state.network, seed=0)


def test_a_run_sees_windows_first_and_whole_pictures_last() -> None:
    from models.training import train

    made = makers.pictures(32)
    settings = train.Settings(epochs=2, batch=16, small_share=0.5, small_side=24)
    trainer = train.Trainer(train.fresh_state(settings, "cpu"), made, np.arange(32), settings)
    sides: list[int] = []
    trainer.state.network.stem.register_forward_hook(lambda _m, given, _o: sides.append(given[0].shape[-1]))
    for _ in range(trainer.total):
        trainer.step()
    assert sides == [24, 24, 32, 32]


def test_the_map_is_the_logit_taken_apart() -> None:
    from models.training.network import Mapped, Network

    torch.manual_seed(0)
    network = Network().eval()
    pixels = torch.rand(3, 3, 32, 32)
    with torch.no_grad():
        logits, heat = Mapped(network)(pixels)
    assert heat.shape == (3, 8, 8)
    assert torch.allclose(heat.mean((1, 2)), logits, atol=1e-5)
    assert torch.equal(logits, network(pixels).detach())


def test_a_block_starts_as_the_identity() -> None:
    from models.training.network import Block

    values = torch.rand(2, 32, 8, 8)
    assert torch.equal(Block(32)(values), values)


def test_export_agrees_with_torch_at_any_batch_size(tmp_path: Path) -> None:
    pytest.importorskip("onnx", reason="onnx is only in the training dependency group")
    from models.training.assess import logits
    from models.training.card import draft_card
    from models.training.export import export
    from models.training.network import Network
    from models.training.publish import validation_logits

    torch.manual_seed(0)
    network = Network()
    for layer in network.modules():  # statistics as after training, so that folding them is put to the test
        if isinstance(layer, torch.nn.BatchNorm2d):
            layer.running_mean.normal_(0, 0.5)
            layer.running_var.uniform_(0.5, 2)
            torch.nn.init.uniform_(layer.weight, 0.5, 1.5)
    path = tmp_path / "tiny.onnx"
    assert export(network, path) < 1e-3
    assert path.stat().st_size <= 2_000_000
    # The program's tensor and the training's are the same numbers: 20 pictures, in batches of 16 and 4.
    made = makers.pictures(20)
    ours = validation_logits(path.read_bytes(), draft_card(path), made)
    assert np.abs(ours - logits(network, made.pixels)).max() < 1e-3


def test_the_card_normalises_as_the_network_was_trained(tmp_path: Path) -> None:
    from models.training import card, network

    path = tmp_path / "any.onnx"
    path.write_bytes(b"")
    wanted = card.draft_card(path).input
    assert (wanted.mean, wanted.std, wanted.scale) == (network.MEAN, network.STD, network.SCALE)
