/** Keeps the height of the rows of a table that are not rendered. One cell: more than there are columns would make columns. */
export function RowSpacer({ height }: { height: number }) {
  if (height <= 0) return null;
  return (
    <tr>
      <td style={{ height, padding: 0 }} />
    </tr>
  );
}
