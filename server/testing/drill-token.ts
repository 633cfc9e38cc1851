/** What servers and agents of drills know each other by. */
export const drillToken = 'drill-token';
