// needs: core/core
/* The figures of classical test theory, and of a gain between two tests: the same as those of
   imlcourse/results/statistics.py, and held to them by tests. Numbers in, numbers out; what a small
   group cannot carry is null.

   Student's t, central and noncentral, is computed here and not by a library: of those that are
   one file and kept, none gave its quantiles to nine digits. */
(function (player) {
  'use strict';
  const FEWEST = 10; // with fewer people, neither reliability nor discrimination is told
  const FEW = 30; // with fewer people, the figures are rough
  const CONFIDENCE = 0.95;
  const Z = 1.959963984540054; // the normal quantile that belongs to it
  const TINY = 1e-12;
  const FAR = 8.5; // beyond it the normal distribution is 0 or 1 to all digits
  const DIGITS = 38; // what is smaller than e to the minus this adds nothing
  const NOUGHT = 2e-15; // what a share is told to
  const MOST_STEPS = 200;

  const sum = (numbers) => numbers.reduce((all, one) => all + one, 0);
  const mean = (numbers) => sum(numbers) / numbers.length;
  /** The sum of the squares of what parts numbers from their mean. */
  function spread(numbers) {
    const middle = mean(numbers);
    return sum(numbers.map((one) => (one - middle) ** 2));
  }

  const variance = (numbers) => spread(numbers) / numbers.length;

  /**
   * Gives the product-moment correlation of two rows of numbers; null where one is the same for all.
   * @param {number[]} one
   * @param {number[]} other
   */
  function correlation(one, other) {
    if (one.length < 2) return null;
    const [width, otherWidth] = [spread(one), spread(other)];
    if (width < TINY || otherWidth < TINY) return null;
    const [middle, otherMiddle] = [mean(one), mean(other)];
    const both = sum(one.map((x, at) => (x - middle) * (other[at] - otherMiddle)));
    return both / Math.sqrt(width * otherWidth);
  }

  /**
   * Gives Cronbach's alpha of a test.
   * @param {number[][]} points  of each person, the points for each item
   */
  function alpha(points) {
    const items = points.length ? points[0].length : 0;
    if (points.length < 2 || items < 2) return null;
    const whole = variance(points.map(sum));
    if (whole < TINY) return null;
    const parts = sum(points[0].map((_, at) => variance(points.map((row) => row[at]))));
    return items / (items - 1) * (1 - parts / whole);
  }

  /**
   * Gives the reliability of a test by Kuder and Richardson's formula 20; in part right is wrong.
   * @param {number[][]} points
   */
  function kr20(points) {
    return alpha(points.map((row) => row.map((one) => (one >= 1 ? 1 : 0))));
  }

  /**
   * Gives the interval of a share, by Wilson's score method; null of nobody.
   * @param {number} right
   * @param {number} of
   * @returns {[number, number] | null}
   */
  function shareInterval(right, of) {
    if (!of) return null;
    const [share, square] = [right / of, Z * Z / of];
    const middle = (share + square / 2) / (1 + square);
    const half = Z / (1 + square) * Math.sqrt(share * (1 - share) / of + square / (4 * of));
    return [Math.max(0, middle - half), Math.min(1, middle + half)];
  }

  /** The normal distribution, by the series of Marsaglia (J. Stat. Softw. 11(4), 2004). */
  function normal(x) {
    if (Math.abs(x) > FAR) return x > 0 ? 1 : 0;
    let [term, total, before] = [x, x, 0];
    for (let n = 3; total !== before; n += 2) {
      before = total;
      term *= x * x / n;
      total += term;
    }
    return 0.5 + total * Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
  }

  /**
   * Gives the distribution of the noncentral t, by the integral that defines it: the mean of
   * normal(t s - centre), where s squared is a chi square by its degrees of freedom. Over the
   * logarithm of s, the rule of the trapezium is exact to the last digits.
   * @param {number} t
   * @param {number} degrees
   * @param {number} centre
   */
  function cumulative(t, degrees, centre) {
    // The logarithm of the weight of u = log s, which is highest at 0, is 0 there.
    const weight = (u) => degrees * (u - (Math.exp(2 * u) - 1) / 2);
    const step = Math.min(0.1 / Math.sqrt(degrees), 0.2 / Math.max(1, Math.abs(t)));
    let [weights, total] = [0, 0];
    for (const way of [-1, 1]) {
      for (let n = way < 0 ? 0 : 1; ; n += 1) {
        const u = way * n * step;
        const log = weight(u);
        if (log < -DIGITS) break;
        const one = Math.exp(log);
        weights += one;
        total += one * normal(t * Math.exp(u) - centre);
      }
    }
    return total / weights;
  }

  /**
   * Finds where a function that grows is 0, between two numbers: by false position, of which the
   * end that stays is halved (Illinois), and now and then by the middle, which always comes nearer.
   */
  function root(grows, low, high) {
    let [under, over, below, above, stays] = [low, high, grows(low), grows(high), 0];
    for (let n = 1; n < MOST_STEPS; n += 1) {
      const share = n % 3 ? below / (below - above) : 0.5;
      const between = under + share * (over - under);
      if (!(between > under && between < over)) return between;
      const value = grows(between);
      if (Math.abs(value) < NOUGHT) return between;
      if (value < 0) {
        [under, below] = [between, value];
        if (stays > 0) above /= 2;
        stays = 1;
      } else {
        [over, above] = [between, value];
        if (stays < 0) below /= 2;
        stays = -1;
      }
    }
    return (under + over) / 2;
  }

  /** Gives the quantile of Student's t for a share above one half. */
  function quantile(share, degrees) {
    let high = 2;
    while (cumulative(high, degrees, 0) < share) high *= 2;
    return root((t) => cumulative(t, degrees, 0) - share, 0, high);
  }

  /**
   * Finds the two effects under which the one that was found would be as rare as 1 in 40.
   * @returns {[number, number]}
   */
  function effectInterval(effect, count) {
    const [way, degrees] = [Math.sqrt(count), count - 1];
    const found = effect * way;
    const reach = 10 + Math.abs(found) + 3 * Math.abs(found) / Math.sqrt(degrees);
    const limit = (share) => root((centre) => share - cumulative(found, degrees, centre),
      found - reach, found + reach) / way;
    const tail = (1 - CONFIDENCE) / 2;
    return [limit(1 - tail), limit(tail)];
  }

  /**
   * Compares two tests of the same people; null of nobody.
   * @param {number[]} before  a number of each person
   * @param {number[]} after
   * @returns {PairedGain | null}
   */
  function pairedGain(before, after) {
    const count = before.length;
    if (!count) return null;
    const gains = after.map((later, at) => later - before[at]);
    const gain = mean(gains);
    /** @type {PairedGain} */
    const found = {
      count, before: mean(before), after: mean(after), gain,
      interval: null, effect: null, effectInterval: null,
    };
    if (count > 1) {
      const deviation = Math.sqrt(spread(gains) / (count - 1));
      const half = quantile((1 + CONFIDENCE) / 2, count - 1) * deviation / Math.sqrt(count);
      found.interval = [gain - half, gain + half];
      if (deviation > TINY) {
        found.effect = gain / deviation;
        found.effectInterval = effectInterval(found.effect, count);
      }
    }
    return found;
  }

  player.statistics = {
    FEW, FEWEST, mean, correlation, alpha, kr20, shareInterval, quantile, cumulative, pairedGain,
  };
}(globalThis.imlPlayer));
