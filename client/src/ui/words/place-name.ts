/** A world as it is called where one is. The first copy is just the world: there is mostly no other. */
export function placeName(world: string, copy: number): string {
  return copy > 1 ? `${world}, copy ${copy}` : world;
}

/** What is said on the way through a portal. @param world empty until it is known */
export function travelWords(world: string): string {
  return world === '' ? 'On the way…' : `On the way to ${world}…`;
}

/** What is said beside the address of the page. */
export function shareWords(alone: boolean, copy: number): string {
  if (alone) return "You're the first one here. Share the address of this page to bring people in.";
  return copy > 1
    ? `Who opens this address comes to you, into copy ${copy}.`
    : 'Who opens this address comes to you.';
}
