/** Whether this browser can draw the world: WebGL 2 on a fresh canvas, given back at once. */
export function canDrawWebGl(): boolean {
  const context = document.createElement('canvas').getContext('webgl2');
  context?.getExtension('WEBGL_lose_context')?.loseContext();
  return context !== null;
}
