/**
 * Names as a person would say them: "Ada", "Ada and Lin", "Ada, Lin and Bo", "Ada, Lin, Bo and 3 more".
 * @param most names spelled out before the rest is counted, 1 or more
 */
export function sayNames(names: readonly string[], most = 3): string {
  // One more name is shorter than "and 1 more", and kinder.
  const shown = names.length <= most + 1 ? names : names.slice(0, most);
  const rest = names.length - shown.length;
  const parts = rest > 0 ? [...shown, `${rest} more`] : [...shown];
  const last = parts.pop() ?? '';
  return parts.length === 0 ? last : `${parts.join(', ')} and ${last}`;
}
