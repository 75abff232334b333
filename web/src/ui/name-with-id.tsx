import { BreakableName } from './breakable-name';

/** What people call something, above its technical name; the technical name alone when nobody calls it anything. */
export function NameWithId({ name, id }: { name: string | null | undefined; id: string }) {
  if (name === undefined || name === null || name === '' || name === id) return <BreakableName name={id} />;
  return (
    <>
      {name}
      <div className="cell-note">
        <BreakableName name={id} />
      </div>
    </>
  );
}
