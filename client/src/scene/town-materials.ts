import { MeshBasicMaterial, MeshLambertMaterial } from 'three';

/** Matte and coloured at the corners of the shapes: everything that stands firm. */
export function makeFirmMaterial(): MeshLambertMaterial {
  return new MeshLambertMaterial({ vertexColors: true });
}

/** Drawn first and without depth: later paint covers earlier, and nothing flickers. */
export function makeGroundMaterial(): MeshLambertMaterial {
  return new MeshLambertMaterial({ vertexColors: true, depthTest: false, depthWrite: false });
}

/** The ground's depth alone, a little farther than it is, so that marks on the ground win. */
export function makeGroundDepthMaterial(): MeshBasicMaterial {
  return new MeshBasicMaterial({
    colorWrite: false,
    polygonOffset: true,
    polygonOffsetFactor: 1,
    polygonOffsetUnits: 1,
  });
}

export function makeGlowMaterial(): MeshBasicMaterial {
  return new MeshBasicMaterial({ vertexColors: true, toneMapped: false });
}

/** Leaves sway, more the higher they are, and thin out where they would hide the view right before the eye. */
export function makeLeafMaterial(time: { value: number }): MeshLambertMaterial {
  const material = new MeshLambertMaterial({ vertexColors: true });
  material.onBeforeCompile = (shader) => {
    shader.uniforms.time = time;
    shader.vertexShader = shader.vertexShader
      .replace('#include <common>', '#include <common>\nuniform float time;\nvarying float vDepth;')
      .replace(
        '#include <begin_vertex>',
        `#include <begin_vertex>
        float sway = 0.014 * min( 7.0, max( 0.0, position.y ) );
        transformed.x += sway * sin( time * 1.1 + position.x * 0.35 + position.z * 0.2 + position.y * 0.5 );
        transformed.z += sway * 0.7 * sin( time * 0.9 + position.z * 0.4 + position.y * 0.6 );`,
      )
      .replace('#include <fog_vertex>', '#include <fog_vertex>\nvDepth = - mvPosition.z;');
    shader.fragmentShader = shader.fragmentShader
      .replace('#include <common>', '#include <common>\nvarying float vDepth;')
      .replace(
        '#include <color_fragment>',
        `#include <color_fragment>
        float sieve = fract( 52.9829189 * fract( dot( floor( gl_FragCoord.xy ), vec2( 0.06711056, 0.00583715 ) ) ) );
        if ( sieve > smoothstep( 1.2, 4.5, vDepth ) ) discard;`,
      );
  };
  material.customProgramCacheKey = () => 'leaf';
  return material;
}
