export default function OverviewPage() {
  return (
    <main className="p-4">
      <h1 className="text-xl font-semibold">OPS Center</h1>
    </main>
  );
}
