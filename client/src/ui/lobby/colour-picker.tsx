import { PERSON_COLOUR_LIST, personColour } from '../../store/person-colours.ts';
import { patch, useApp } from '../../store/store.ts';
import { Icon } from '../parts/icon.tsx';
import { personStyle } from '../parts/person-dot.tsx';

/** Twelve colours, each with its name; the chosen one has a tick and is named above. */
export function ColourPicker() {
  const chosen = useApp((state) => state.profile.colour);
  return (
    <fieldset className="colours">
      <legend className="field-label">
        Your colour: <span className="colour-name">{personColour(chosen).name}</span>
      </legend>
      <div className="colours-grid">
        {PERSON_COLOUR_LIST.map(({ name }, colour) => (
          <label className="colour" key={name} style={personStyle(colour)} title={name}>
            <input
              className="only-heard"
              type="radio"
              name="colour"
              checked={colour === chosen}
              onChange={() => patch('profile', { colour })}
            />
            <span className="only-heard">{name}</span>
            <span className="colour-swatch">{colour === chosen && <Icon name="check" size={16} />}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
