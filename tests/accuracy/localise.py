#!/usr/bin/env python3
"""Score localisation: to which combinations of attribute values is the trouble confined?

usage: localise.py BUILD [--rs DIR] [--files N] [--set S|L] [-v]

RS   the 67 real snapshots of the RiskLoc repository (anomaly.yaml and a CSV a case): the
     minute of the anomaly against the four minutes before it, as there
S L  tables of actual and expected made here with the parameters of RiskLoc's sets of the
     same names: S five attributes, 1 to 3 anomalies of 1 to 3 elements on any level, noise
     to 25 %; L four attributes, 1 to 5 single leaves, noise to 10 %

F1 over all cases: a named combination is right when it is exactly a guilty one.  Printed
for everything and by number of attributes of the guilty combination (recall there).
"""
import argparse, collections, csv, itertools, json, os, random, re, resource
import subprocess, sys, tempfile, time

SETS = {
    'S': dict(dims=[10, 12, 10, 8, 5], noise=(0, .25), severity=(.2, 1), spread=(0, .1),
              anomalies=(1, 3), elements=(1, 3), leaves_only=False),
    'L': dict(dims=[10, 24, 10, 15], noise=(0, .1), severity=(.5, 1), spread=(0, 0),
              anomalies=(1, 5), elements=(1, 1), leaves_only=True),
}
HISTORY = 4


def rs_cases(folder):
    text = open(os.path.join(folder, 'anomaly.yaml'), encoding='utf-8').read()
    for block in text.split('- data:')[1:]:
        name = block.split('\n')[0].strip()
        path = os.path.join(folder, name + '.csv')
        if not os.path.exists(path):
            continue
        when = int(re.search(r'timestamp:\s*(\d+)', block).group(1))
        guilty = [frozenset('%s=%s' % tuple(p.strip().strip("'\"") for p in part.split(':'))
                            for part in braces.split(','))
                  for braces in re.findall(r'\{([^}]*)\}', block)]
        yield name, path, when, guilty


def iso(seconds):
    return time.strftime('%Y-%m-%dT%H:%M:%SZ', time.gmtime(seconds))


def write_rs(path, when, out):
    """The same rows under names that say what they are: interactions and failures."""
    rows = csv.DictReader(open(path, encoding='utf-8'))
    dims = [c for c in rows.fieldnames if c not in ('min', 'value', 'cnt')]
    with open(out, 'w', encoding='utf-8', newline='') as f:
        w = csv.writer(f)
        w.writerow(['time'] + dims + ['total', 'failed'])
        for r in rows:
            if when - 60 * HISTORY <= int(r['min']) <= when:
                w.writerow([r['min']] + [r[d] for d in dims] + [r['cnt'], r['value']])


def free_values(dims, taken, chosen):
    """Values that no earlier anomaly uses in these dimensions."""
    out = []
    for d in chosen:
        used = {e[c.index(d)] for c, elements in taken if d in c for e in elements}
        out.append([v for v in range(dims[d]) if v not in used])
    return out


def place(rng, p, real, strides, taken):
    dims = p['dims']
    for _ in range(1000):
        level = len(dims) if p['leaves_only'] else rng.randint(1, len(dims))
        chosen = tuple(sorted(rng.sample(range(len(dims)), level)))
        if level < len(dims) and chosen in [c for c, _ in taken]:
            continue
        k = rng.randint(*p['elements'])
        free = free_values(dims, taken, chosen)
        if not all(free):
            continue
        elements = list(zip(*[[rng.choice(v) for _ in range(k)] for v in free]))
        empty = level == len(dims) and any(
            real[sum(v * s for v, s in zip(e, strides))] == 0 for e in elements)
        if len(set(elements)) == k and not empty:
            return chosen, elements
    return None


def table(rng, p):
    """Cells, what was and what was expected, guilty combinations."""
    dims = p['dims']
    zero, noise, shape = rng.uniform(0, .25), rng.uniform(*p['noise']), rng.uniform(.5, 1)
    cells = list(itertools.product(*[range(n) for n in dims]))
    real, predict = [], []
    for _ in cells:
        r = 100 * rng.weibullvariate(1, shape)
        r = 0.0 if rng.random() <= zero else r
        q = r + r * rng.gauss(0, noise)
        if rng.random() < .5:
            r, q = q, r
        real.append(r)
        predict.append(max(q, 0.0))
    strides = [1] * len(dims)
    for d in range(len(dims) - 2, -1, -1):
        strides[d] = strides[d + 1] * dims[d + 1]
    up, taken = sum(real) > sum(predict), []
    for _ in range(rng.randint(*p['anomalies'])):
        severity, spread = rng.uniform(*p['severity']) + noise, rng.uniform(*p['spread'])
        found = place(rng, p, real, strides, taken)
        if found is None:
            continue
        taken.append(found)
        chosen, elements = found
        for i, cell in enumerate(cells):
            if tuple(cell[d] for d in chosen) not in elements:
                continue
            base = real[i] if up else predict[i]
            fallen = max(base * (1 - rng.gauss(severity, spread)), 0.0)
            real[i], predict[i] = (base, fallen) if up else (fallen, base)
    names = 'abcdefgh'
    guilty = [frozenset('%s=%s%d' % (names[d], names[d], v) for d, v in zip(c, e))
              for c, elements in taken for e in elements]
    return cells, real, predict, guilty


def write_table(cells, real, predict, out):
    names = 'abcdefgh'[:len(cells[0])]
    with open(out, 'w', newline='') as f:
        f.write(','.join(names) + ',actual,expected\n')
        for cell, r, q in zip(cells, real, predict):
            f.write(','.join('%s%d' % (n, v) for n, v in zip(names, cell)))
            f.write(',%.9g,%.9g\n' % (r, q))


def ask(build, path, options, work):
    """Combinations that blame names; cpu seconds of blame alone."""
    case = os.path.join(work, 'case.jsonl')
    subprocess.run([os.path.join(build, 'ingest'), '-q', '-o', case] + options + [path],
                   check=True)
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    out = subprocess.run([os.path.join(build, 'blame'), case], check=True,
                         capture_output=True, text=True).stdout
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    named = []
    for line in out.splitlines():
        if '"confined-combination"' in line:
            value = json.loads(line).get('value', '')
            named += [frozenset(value.split(', '))] if value else []
    return named, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


class Score:
    def __init__(self, name):
        self.name, self.right, self.named, self.guilty = name, 0, 0, 0
        self.levels, self.times = collections.defaultdict(lambda: [0, 0]), []

    def add(self, named, guilty, seconds, say):
        right = set(named) & set(guilty)
        self.right += len(right)
        self.named += len(set(named))
        self.guilty += len(set(guilty))
        self.times.append(seconds)
        for g in set(guilty):
            self.levels[len(g)][0] += g in right
            self.levels[len(g)][1] += 1
        if say and len(right) < max(len(set(named)), len(set(guilty))):
            print('  guilty', [','.join(sorted(g)) for g in guilty],
                  'named', [','.join(sorted(g)) for g in named])

    def show(self):
        f1 = 2 * self.right / max(self.named + self.guilty, 1)
        print('%-3s %3d cases  F1 %.3f  precision %.3f  recall %.3f  blame %.3f s, most %.3f'
              % (self.name, len(self.times), f1, self.right / max(self.named, 1),
                 self.right / max(self.guilty, 1), sum(self.times) / len(self.times),
                 max(self.times)))
        print('    recall by attributes: ' + '  '.join(
            '%d: %d/%d' % (k, *self.levels[k]) for k in sorted(self.levels)))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('build')
    parser.add_argument('--rs')
    parser.add_argument('--files', type=int, default=20)
    parser.add_argument('--set', choices=sorted(SETS), action='append')
    parser.add_argument('-v', action='store_true')
    a = parser.parse_args()
    with tempfile.TemporaryDirectory() as work:
        path = os.path.join(work, 'table.csv')
        if a.rs:
            score = Score('RS')
            for name, source, when, guilty in rs_cases(a.rs):
                write_rs(source, when, path)
                score.add(*ask_at(a.build, path, when, guilty, work), a.v)
            score.show()
        for name in a.set or ([] if a.rs else sorted(SETS)):
            score = Score(name)
            for i in range(a.files):
                cells, real, predict, guilty = table(random.Random(name + str(i)), SETS[name])
                write_table(cells, real, predict, path)
                named, seconds = ask(a.build, path, [], work)
                score.add(named, guilty, seconds, a.v)
            score.show()


def ask_at(build, path, when, guilty, work):
    options = ['--at', iso(when), '--from', iso(when - 60 * HISTORY), '--to',
               iso(when + 60), '--step', '1m']
    named, seconds = ask(build, path, options, work)
    return named, guilty, seconds


if __name__ == '__main__':
    sys.exit(main())
