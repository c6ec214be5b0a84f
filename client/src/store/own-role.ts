import { ROLE, type RoleNumber } from '@chatmux/schema';
import type { AppState } from './types.ts';

/** What we are in this world. */
export const ownRole = ({ people, me }: Pick<AppState, 'people' | 'me'>): RoleNumber =>
  people[me ?? 0]?.role ?? 0;

/** Whether we keep order here. */
export const keepsOrder = (state: Pick<AppState, 'people' | 'me'>): boolean =>
  ownRole(state) >= ROLE.moderator;
