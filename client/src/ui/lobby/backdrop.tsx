/** The town in late-afternoon light, far behind the card: a few soft layers, the nearer the darker. */
export function Backdrop() {
  return (
    <div className="backdrop" aria-hidden="true">
      <svg
        className="backdrop-picture"
        aria-hidden="true"
        viewBox="0 0 1440 900"
        preserveAspectRatio="xMidYMax slice"
      >
        <defs>
          <radialGradient id="sun-glow">
            <stop offset="0" className="glow-in" />
            <stop offset="1" className="glow-out" />
          </radialGradient>
        </defs>
        <circle cx="1120" cy="520" r="520" fill="url(#sun-glow)" />
        <circle className="sun" cx="1120" cy="520" r="62" />
        <path
          className="layer-4"
          d="M0 606c140-70 260-92 410-62 130 26 210 60 350 30 150-32 240-96 400-72 120 18 190 62 280 60v338H0Z"
        />
        <g className="layer-3">
          <path d="M0 690c200-46 420-30 640-16 260 16 520-40 800-8v234H0Z" />
          <path d="M150 690v-64l38-34 38 34v60ZM236 690v-44h54v44ZM298 684v-96l22-40 22 40v96ZM352 686v-50l34-30 34 30v50Z" />
          <path d="M1010 676v-58l36-32 36 32v58ZM1092 672v-84h44v84ZM1146 670v-46l40-34 40 34v44ZM1236 668v-62l30-26 30 26v62Z" />
          <circle cx="470" cy="640" r="34" />
          <circle cx="512" cy="652" r="26" />
          <circle cx="952" cy="640" r="32" />
          <path d="M560 676l24-92 24 92ZM884 672l22-84 22 84Z" />
        </g>
        <g className="layer-2">
          <path d="M0 770c180-40 350-46 560-20 300 36 560-30 880-6v156H0Z" />
          <path d="M40 760V654l62-54 62 54v102ZM182 752v-72h84v72Z" />
          <path d="M1200 748v-80l58-50 58 50v84ZM1336 748V632l52-46 52 46v116Z" />
          <circle cx="330" cy="690" r="50" />
          <path d="M322 690h16v64h-16ZM1112 684h16v64h-16Z" />
          <circle cx="1120" cy="674" r="54" />
          <path d="M1030 752l38-138 38 138Z" />
        </g>
        <g className="windows">
          <path d="M74 676h20v26H74ZM112 676h20v26h-20ZM208 700h18v20h-18ZM1232 688h18v24h-18ZM1268 688h18v24h-18ZM1372 660h18v26h-18Z" />
          <path d="M180 632h10v14h-10ZM312 606h10v16h-10ZM1040 628h10v14h-10ZM1108 606h10v14h-10ZM1258 622h10v14h-10Z" />
        </g>
        <g className="layer-1">
          <path d="M0 838c260-56 520-40 760-24 260 16 460-28 680-6v92H0Z" />
          <circle cx="36" cy="800" r="46" />
          <circle cx="92" cy="820" r="34" />
          <circle cx="1404" cy="792" r="54" />
          <circle cx="1340" cy="818" r="32" />
        </g>
      </svg>
    </div>
  );
}
