import { MeshLambertMaterial } from 'three';

/**
 * Matte, dyed at each vertex with the person's colour and fur, and thinned out like a fine sieve for those who are
 * away: no blending, so no sorting either.
 */
export function makePersonMaterial(): MeshLambertMaterial {
  const material = new MeshLambertMaterial({ vertexColors: true });
  material.onBeforeCompile = (shader) => {
    shader.vertexShader = shader.vertexShader
      .replace(
        '#include <common>',
        '#include <common>\nattribute vec2 dye;\nattribute vec4 fur;\nvarying float vHere;',
      )
      .replace(
        '#include <color_vertex>',
        `vColor = vec4( color * mix( vec3( 1.0 ), instanceColor.rgb, dye.x ) * mix( vec3( 1.0 ), fur.rgb, dye.y ), 1.0 );
        vHere = fur.a;`,
      );
    shader.fragmentShader = shader.fragmentShader
      .replace('#include <common>', '#include <common>\nvarying float vHere;')
      .replace(
        '#include <color_fragment>',
        `#include <color_fragment>
        if ( vHere < 0.99 ) {
          float sieve = fract( 52.9829189 * fract( dot( floor( gl_FragCoord.xy ), vec2( 0.06711056, 0.00583715 ) ) ) );
          if ( sieve > vHere ) discard;
          diffuseColor.rgb = mix( diffuseColor.rgb, vec3( 0.72, 0.74, 0.78 ), 0.55 );
        }`,
      );
  };
  material.customProgramCacheKey = () => 'person';
  return material;
}
