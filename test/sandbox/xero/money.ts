import Big from 'big.js';

/** Rounds half away from zero, as Xero does. */
export function roundTo(value: Big | number, decimals: number): number {
  return Big(value).round(decimals, Big.roundHalfUp).toNumber();
}

export function sum(amounts: number[]): number {
  return amounts.reduce((total, amount) => total.plus(amount), Big(0)).toNumber();
}

export function minus(from: number, amount: number): number {
  return Big(from).minus(amount).toNumber();
}
