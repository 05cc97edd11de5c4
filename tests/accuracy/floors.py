"""Small rankers to stand beside ours: what simple or published methods give on the same metrics, told the fault time."""
import csv
import datetime
import math
import os
import random
import statistics


def stamp(text):
    if text.replace(".", "", 1).isdigit():
        return float(text)
    t = datetime.datetime.fromisoformat(text.replace("Z", "+00:00"))
    return (t if t.tzinfo else t.replace(tzinfo=datetime.timezone.utc)).timestamp()


def number(text):
    try:
        v = float(text)
    except ValueError:
        return None
    return v if math.isfinite(v) else None


def read_metrics(path):
    """{(service, metric): [(time, value)]} of a wide or a long metrics CSV."""
    out = {}
    if not os.path.exists(path):
        return out
    with open(path, newline="", encoding="utf-8-sig") as f:
        rows = csv.reader(f)
        head = next(rows)
        long_form = [h.lower() for h in head[:4]] == ["timestamp", "service", "metric", "value"]
        names = [tuple(h.split("_", 1)) if "_" in h else (h, "") for h in head[1:]]
        for row in rows:
            t = stamp(row[0])
            cells = [((row[1], row[2]), row[3])] if long_form else zip(names, row[1:])
            for name, cell in cells:
                v = number(cell)
                if v is not None:
                    out.setdefault(name, []).append((t, v))
    return out


def split(points, at):
    return [v for t, v in points if t < at], [v for t, v in points if t >= at]


def scale_iqr(before):
    q = statistics.quantiles(before, n=4, method="inclusive")
    return q[1], (q[2] - q[0]) or 1.0


def scale_sigma(before):
    return statistics.fmean(before), statistics.pstdev(before) or 1.0


def score_baro(before, after):
    """RobustScorer of BARO (Pham et al., FSE 2024): largest signed deviation from the median in IQRs."""
    c, s = scale_iqr(before)
    return max((x - c) / s for x in after)


def score_nsigma(before, after):
    c, s = scale_sigma(before)
    return max((x - c) / s for x in after)


def score_prism(before, after):
    """PRISM (Pham, arXiv 2601.21359): largest absolute deviation, scale std, else 1 % of the centre."""
    c = statistics.fmean(before)
    s = statistics.pstdev(before) or 0.01 * abs(c) or 1.0
    return max(abs(x - c) / s for x in after)


def scored(series, at, score):
    for name, points in sorted(series.items()):
        before, after = split(points, at)
        if len(before) >= 4 and after:
            yield name, score(before, after)


def by_best_series(series, at, score):
    best = {}
    for (service, _), s in scored(series, at, score):
        best[service] = max(s, best.get(service, -math.inf))
    return sorted(best, key=lambda k: (-best[k], k))


def is_external(metric):
    return any(w in metric.lower() for w in ("lat", "duration", "err", "success", "workload", "request", "lod"))


def rank_prism(series, at):
    pools = {}
    for (service, metric), s in scored(series, at, score_prism):
        pool = pools.setdefault(service, [0.0, 0.0])
        k = 1 if is_external(metric) else 0
        pool[k] = max(pool[k], s)
    total = {k: a + b - math.log1p(a + b) for k, (a, b) in pools.items()}
    return sorted(total, key=lambda k: (-total[k], k))


def rank_simple(series, at):
    """SimpleRCA (Fang et al., arXiv 2510.04711), its metric part: most 3-sigma alerts."""
    alerts = {}
    for (service, _), s in scored(series, at, score_prism):
        alerts[service] = alerts.get(service, 0) + (s > 3)
    return sorted(alerts, key=lambda k: (-alerts[k], k))


def rank_random(series, at):
    names = sorted({service for service, _ in series})
    random.Random(1).shuffle(names)
    return names


def rank_prior(cases):
    """Telemetry-free: the components that were to blame most often in the other cases, as (case, truth, ranks)."""
    out = []
    for case, truth in cases:
        counts = {}
        for other, known in cases:
            if other != case:
                counts[known["root_cause_service"]] = counts.get(known["root_cause_service"], 0) + 1
        out.append((case, truth, sorted(counts, key=lambda k: (-counts[k], k))))
    return out


FLOORS = {
    "random": rank_random,
    "n-sigma": lambda s, at: by_best_series(s, at, score_nsigma),
    "baro": lambda s, at: by_best_series(s, at, score_baro),
    "prism": rank_prism,
    "simple-rca": rank_simple,
}
