/** In CSS pixels; the table of figures and the lanes beside it have rows of the same height. */
export const AXIS_HEIGHT = 28;
export const LANE_HEIGHT = 44;
