// A plain table with a caption for those who cannot see its heading.
import type { ReactNode } from "react";

export interface Column<Row> {
  name: string;
  cell: (row: Row) => ReactNode;
}
export function Table<Row>({ label, columns, rows, keyOf }: { label: string; columns: Column<Row>[]; rows: Row[]; keyOf: (row: Row) => string }) {
  return (
    <div className="scroll" tabIndex={0} role="region" aria-label={label}>
      <table className="table" role="table">
        <thead role="rowgroup"><tr role="row">{columns.map((column) => (column.name ? <th key={column.name} scope="col" role="columnheader">{column.name}</th> : <td key="acts" role="cell" />))}</tr></thead>
        <tbody role="rowgroup">{rows.map((row) => <tr key={keyOf(row)} role="row">{columns.map((column) => <td key={column.name} role="cell" data-name={column.name || undefined}><div>{column.cell(row)}</div></td>)}</tr>)}</tbody>
      </table>
    </div>
  );
}
