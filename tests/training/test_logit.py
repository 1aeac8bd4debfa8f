"""The fit of a multinomial logit."""

from quoteapi.training.logit import Decision, fit_logit


def test_what_wins_gets_weight() -> None:
    """Of two candidates the one that is told to be good is right each time."""
    weights = fit_logit([Decision([{"good": 1.0, "any": 1.0}, {"any": 1.0}], [True, False])] * 20)
    assert weights["good"] > 1


def test_where_nothing_is_right_none_wins() -> None:
    """Candidates that are never right end below none, whose score is 0."""
    assert fit_logit([Decision([{"any": 1.0}], [False])] * 20)["any"] < -1


def test_one_candidate_is_a_logistic_regression() -> None:
    """Three of four are right: the log-odds of that are 1.1, less what the decay draws away."""
    weights = fit_logit([Decision([{"any": 1.0}], [number % 4 > 0]) for number in range(400)])
    assert abs(weights["any"] - 1.0986) < 0.05


def test_weights_stay_at_the_prior_without_evidence() -> None:
    """One decision moves them but little under a strong decay."""
    weights = fit_logit([Decision([{"log-odds": 0.5}], [True])], decay=1000.0, prior={"log-odds": 1.0})
    assert abs(weights["log-odds"] - 1.0) < 0.01
