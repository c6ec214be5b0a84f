/** The few colours the world is made of, as sRGB hex. People bring the strong ones. */
export const PALETTE = {
  grass: '#93b65d',
  grassLight: '#b3c76b',
  grassDeep: '#7ba355',
  stone: '#dccbb0',
  stoneLight: '#e8dac2',
  stoneWarm: '#d3b796',
  stoneDark: '#b7a48a',
  joint: '#c3ac8b',
  path: '#dcbc8e',
  pathEdge: '#c2a274',
  sand: '#ecd7a8',
  sandLight: '#f3e2ba',
  sandDeep: '#e0c690',
  sandWet: '#cfb486',
  water: '#6fb9c4',
  waterDeep: '#4f9db3',
  waterLight: '#d7f1ee',
  wood: '#a9774f',
  woodLight: '#c99a6b',
  woodDark: '#74513c',
  iron: '#4a4650',
  plaster: ['#f4e4c8', '#f1cda2', '#e9b59b', '#f2d894', '#cfd6ac', '#c3d3cf', '#f0dcd0', '#e3cfe0'],
  roof: ['#c8684a', '#b65743', '#8d5a66', '#6f8199', '#c98d45', '#a85f4c', '#7c7f96', '#bf7a52'],
  door: ['#3f7f7a', '#8c4a3d', '#4d6494', '#7b5a86', '#c98d45', '#50795a', '#8f5f3e', '#5a5f78'],
  leaf: ['#9dbb62', '#86ad61', '#b3bf68', '#78a56b', '#e0ae62', '#e6c070', '#d68d62', '#94b35e'],
  pine: ['#5f9270', '#6b9d70', '#568772', '#77a66d'],
  trunk: '#8d664a',
  hedge: '#7fa861',
  bloom: ['#f2a6b5', '#f7d25c', '#f5f0e2', '#c58fd6', '#f08a5d', '#8fb7ee'],
  glow: '#ffdf9a',
  glass: '#9fc3cf',
  cloth: ['#d9694f', '#4f8f9b', '#e0a63c', '#7d6aa8', '#6b9a5b', '#c76d86', '#4f71ac', '#b98a4f'],
  cream: '#fbf1dc',
  rug: '#b9564a',
  rugTrim: '#e9c68a',
  palm: ['#7fae5c', '#8fb85f', '#6fa267', '#a3bf68'],
  /** The light in a portal, by what it leads to: sea and shade, town and sun. */
  portal: [
    ['#2f9fb4', '#bff3ea'],
    ['#f0ae5c', '#fff0c4'],
    ['#7a6fc4', '#e4dcff'],
    ['#5a9a5c', '#dcf5c0'],
  ],
  hill: ['#a9bd7d', '#9fb88a', '#b4c2a0'],
} as const;

/** How each kind of zone marks its edge on the ground. */
export const ZONE_MARK = {
  room: '#fbf1dc',
  hall: '#ffe7b0',
  stage: '#ffd27a',
  quiet: '#cfe9d6',
  portal: '#d8fbf2',
} as const;

/** The evening air: sky from zenith to horizon, haze, sun. */
export const AIR = {
  zenith: '#84b6e0',
  middle: '#d2dfe4',
  haze: '#f6dfc4',
  sun: '#ffdca8',
  skyLight: '#e6e4f0',
  groundLight: '#d8bd93',
} as const;

/** Accents shared with the panels. */
export const ACCENT = { speaking: '#5be3a1', you: '#8ea7ff', heard: '#fff4dc' } as const;
