// A plain table with a caption for those who cannot see its heading.
import type { ReactNode } from "react";

export interface Column<Row> {
  name: string;
  cell: (row: Row) => ReactNode;
}
export function Table<Row>({ label, columns, rows, keyOf }: { label: string; columns: Column<Row>[]; rows: Row[]; keyOf: (row: Row) => string }) {
  return (
    <div className="scroll" tabIndex={0} role="region" aria-label={label}>
      <table className="table">
        <thead><tr>{columns.map((column) => (column.name ? <th key={column.name} scope="col">{column.name}</th> : <td key="acts" />))}</tr></thead>
        <tbody>{rows.map((row) => <tr key={keyOf(row)}>{columns.map((column) => <td key={column.name}>{column.cell(row)}</td>)}</tr>)}</tbody>
      </table>
    </div>
  );
}
