/** How rings of circles look: by shape first, so that open and locked differ without colour. */

export const RING_VERTEX = /* glsl */ `
  attribute vec4 rim;
  attribute vec4 tone;
  attribute float locked;
  varying vec4 vRim;
  varying vec4 vTone;
  varying float vLocked;
  #include <common>
  #include <fog_pars_vertex>
  void main() {
    vRim = rim;
    vTone = tone;
    vLocked = locked;
    vec4 mvPosition = modelViewMatrix * vec4( position, 1.0 );
    gl_Position = projectionMatrix * mvPosition;
    #include <fog_vertex>
  }
`;

/** Open: a row of dashes that leaves a gap for who comes near. Locked: two whole lines with ties, like a fence. */
export const RING_FRAGMENT = /* glsl */ `
  uniform vec3 speaking;
  varying vec4 vRim;
  varying vec4 vTone;
  varying float vLocked;
  #include <common>
  #include <fog_pars_fragment>
  float line( float d, float at, float halfWidth ) {
    float soft = max( fwidth( d ), 0.012 );
    return 1.0 - smoothstep( halfWidth - soft, halfWidth + soft, abs( d - at ) );
  }
  void main() {
    float d = vRim.x;
    float glow = vRim.z;
    float phase = abs( fract( vRim.y ) - 0.5 );
    float edge = max( fwidth( vRim.y ), 0.02 );
    float dash = 1.0 - smoothstep( 0.32 - edge, 0.32 + edge, phase );
    float tie = smoothstep( 0.42 - edge, 0.42 + edge, phase );
    float width = 0.06 + 0.035 * glow;
    float openLine = line( d, 0.0, width ) * dash * ( 1.0 - vRim.w );
    float fence = max( max( line( d, 0.0, width ), line( d, -0.24, 0.04 ) ), line( d, -0.12, 0.1 ) * tie );
    float mark = mix( openLine, fence, vLocked );
    float there = 1.0 - vRim.w * ( 1.0 - vLocked );
    float fill = ( 0.13 + 0.06 * vLocked ) * ( 1.0 - smoothstep( -0.05, 0.02, d ) );
    float light = max( max( mark * 0.95, fill ), 0.5 * glow * there * exp( -pow( d / 0.17, 2.0 ) ) );
    // A soft shade below, so that the pale line shows on pale stone, too.
    float across = ( d + 0.1 * vLocked ) / ( 0.16 + 0.1 * vLocked );
    float shade = 0.26 * there * exp( -across * across ) * ( 1.0 - light );
    float alpha = light + shade;
    if ( alpha * vTone.a < 0.004 ) discard;
    vec3 tone = mix( vTone.rgb, speaking, clamp( glow * 1.1, 0.0, 1.0 ) * step( -0.45, d ) );
    gl_FragColor = vec4( ( tone * light + vec3( 0.045, 0.03, 0.06 ) * shade ) / alpha, alpha * vTone.a );
    #include <colorspace_fragment>
    #include <fog_fragment>
  }
`;
