/** A canvas ready to draw on, in CSS pixels, with the theme's colours as they are now. */
export interface Pen {
  draw: CanvasRenderingContext2D;
  width: number;
  height: number;
  ink: {
    text: string;
    quiet: string;
    ground: string;
    accent: string;
    voice: string;
    warning: string;
    font: string;
  };
}

/** Sharp on any screen, empty, and as large as its box on the page. Undefined while it has no size. */
export function penOf(canvas: HTMLCanvasElement): Pen | undefined {
  const draw = canvas.getContext('2d');
  const { clientWidth: width, clientHeight: height } = canvas;
  if (!draw || width === 0 || height === 0) return undefined;
  const ratio = Math.min(2, devicePixelRatio || 1);
  const [w, h] = [Math.round(width * ratio), Math.round(height * ratio)];
  if (canvas.width !== w || canvas.height !== h) {
    canvas.width = w;
    canvas.height = h;
  }
  draw.setTransform(ratio, 0, 0, ratio, 0, 0);
  draw.clearRect(0, 0, width, height);
  // Properties the canvas itself doesn't show carry the theme's colours: custom ones would come unresolved.
  const style = getComputedStyle(canvas);
  return {
    draw,
    width,
    height,
    ink: {
      text: style.color,
      ground: style.backgroundColor,
      quiet: style.columnRuleColor,
      accent: style.accentColor,
      voice: style.textDecorationColor,
      warning: style.caretColor,
      font: style.fontFamily,
    },
  };
}
