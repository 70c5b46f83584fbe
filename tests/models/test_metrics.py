import numpy as np
import pytest

from models.training import metrics
from models.training.calibrate import calibrate, fit_bands, fit_conformal, fit_temperature


def scored(count: int = 20_000, spread: float = 1.0) -> tuple[metrics.Floats, metrics.Flags]:
    """Logits of a well calibrated detector of AUROC 0.98, times `spread`."""
    rng = np.random.default_rng(0)
    ai = rng.random(count) < 0.5
    distance = 3.0  # two unit normals this far apart: the log odds of x are distance * x around the middle
    return spread * distance * (rng.normal(size=count) + np.where(ai, distance, -distance) / 2), ai


# Newcombe 1998 (Stat. Med. 17:857), method 3, table I.
@pytest.mark.parametrize(
    ("count", "total", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_wilson_gives_the_published_intervals(count: int, total: int, low: float, high: float) -> None:
    assert metrics.wilson(count, total) == pytest.approx((low, high), abs=5e-5)


def test_wilson_of_nothing_knows_nothing() -> None:
    assert metrics.wilson(0, 0) == (0.0, 1.0)


def test_auroc_counts_pairs_and_halves_ties() -> None:
    scores = np.array([0.1, 0.4, 0.4, 0.8])
    assert metrics.auroc(scores, np.array([False, True, False, True])) == pytest.approx(3.5 / 4)


@pytest.mark.parametrize("distance", [0.5, 1.0, 1.8])
def test_an_aurocs_interval_is_never_narrower_than_its_draws_scatter(distance: float) -> None:
    rng = np.random.default_rng(0)
    ai = np.arange(110) < 50
    draws = [metrics.auroc(rng.normal(size=110) + distance * ai, ai) for _ in range(1000)]
    low, _ = metrics.auroc_interval(float(np.mean(draws)), 50, 60)
    assert 1 <= (np.mean(draws) - low) / (1.96 * np.std(draws)) <= 1.3


def test_a_perfect_auroc_has_an_interval_inside_its_bounds() -> None:
    assert metrics.auroc_interval(1.0, 3, 3) == (1.0, 1.0)
    assert metrics.auroc_interval(0.95, 2, 2)[1] == 1.0


def test_calibration_error_is_the_gap_between_said_and_true() -> None:
    p = np.full(1000, 0.9)
    assert metrics.calibration_error(p, np.arange(1000) < 700) == pytest.approx(0.2)


@pytest.mark.parametrize("spread", [0.5, 1.0, 2.5])
def test_the_temperature_undoes_a_spread(spread: float) -> None:
    assert fit_temperature(*scored(spread=spread)) == pytest.approx(spread, rel=0.05)


def test_bands_rise_and_keep_their_promises() -> None:
    logits, ai = scored()
    fitted = calibrate(logits, ai)
    bands, p = fitted.bands, metrics.sigmoid(logits / fitted.temperature)
    assert 0 < bands.few < bands.some < bands.strong < 1
    assert np.mean(p[~ai] >= bands.strong) <= 0.01
    assert np.mean(p[~ai] >= bands.strong - 0.01) > 0.01
    assert np.mean(p[~ai] >= bands.some) <= 0.05
    assert np.mean(p[ai] <= bands.few) <= 0.01
    assert np.mean(p[ai] <= bands.few + 0.01) > 0.01


@pytest.mark.parametrize("p_real", [0.0, 0.2, 0.7, 1.0])
@pytest.mark.parametrize("p_ai", [0.0, 0.3, 0.8, 1.0])
def test_bands_rise_whatever_the_scores(p_real: float, p_ai: float) -> None:
    ai = np.arange(200) < 100
    bands = fit_bands(np.where(ai, p_ai, p_real), ai)
    assert bands.few < bands.some < bands.strong
    assert bands.some >= 0.5


def test_conformal_sets_hold_the_truth_as_often_as_they_promise_on_new_pictures() -> None:
    logits, ai = scored(40_000)
    p = metrics.sigmoid(logits)
    first, second = slice(0, 20_000), slice(20_000, None)
    fitted = fit_conformal(p[first], ai[first])
    new, truth = p[second], ai[second]
    assert np.mean(new[truth] >= fitted.ai_from) == pytest.approx(0.99, abs=0.004)
    assert np.mean(new[~truth] <= fitted.photograph_to) == pytest.approx(0.99, abs=0.004)


def test_too_few_pictures_exclude_nothing() -> None:
    fitted = fit_conformal(np.array([0.1, 0.9]), np.array([False, True]))
    assert (fitted.ai_from, fitted.photograph_to) == (0.0, 1.0)


def test_the_quantile_counts_the_new_picture_too() -> None:
    p = np.arange(1, 100) / 1000  # 99 photographs: at 99 % the 99th of them, not the 98.01st
    fitted = fit_conformal(np.append(p, 1.0), np.append(np.zeros(99, bool), True))
    assert fitted.photograph_to == pytest.approx(0.099, abs=2e-6)
