import Big from 'big.js';

/** Rounds half away from zero, as Xero does. */
export const roundTo = (value: Big | number, decimals: number): number =>
  Big(value).round(decimals, Big.roundHalfUp).toNumber();

export const sum = (amounts: number[]): number =>
  amounts.reduce((total, amount) => total.plus(amount), Big(0)).toNumber();

export const minus = (from: number, amount: number): number => Big(from).minus(amount).toNumber();
