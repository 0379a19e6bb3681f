/** A decimal as a fraction of whole numbers, `over / under`, with `under` positive. Nothing is lost before rounding. */
export type Exact = { over: bigint; under: bigint };

export function exact(value: number): Exact {
  const [, sign = '', whole = '0', decimals = '', power = '0'] =
    /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]\d+))?$/.exec(String(value)) ?? fail(value);
  const digits = BigInt(`${sign}${whole}${decimals}`);
  const shift = Number(power) - decimals.length;
  return shift >= 0
    ? { over: digits * 10n ** BigInt(shift), under: 1n }
    : { over: digits, under: 10n ** BigInt(-shift) };
}

function fail(value: number): never {
  throw new Error(`${value} is not a decimal`);
}

export function times(a: Exact, b: Exact): Exact {
  return { over: a.over * b.over, under: a.under * b.under };
}

export function plus(a: Exact, b: Exact): Exact {
  return {
    over: a.over * b.under + b.over * a.under,
    under: a.under * b.under,
  };
}

export function less(a: Exact, b: Exact): Exact {
  return plus(a, { over: -b.over, under: b.under });
}

export function dividedBy(a: Exact, b: Exact): Exact {
  if (b.over === 0n) throw new Error('division by zero');
  const sign = b.over < 0n ? -1n : 1n;
  return { over: a.over * b.under * sign, under: a.under * b.over * sign };
}

/** Rounds half away from zero, as Xero does. */
export function rounded({ over, under }: Exact, decimals: number): number {
  const scaled = over * 10n ** BigInt(decimals);
  const half = scaled < 0n ? -under : under;
  const whole = (2n * scaled + half) / (2n * under);
  return Number(`${whole}e-${decimals}`);
}
