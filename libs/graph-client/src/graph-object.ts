/** A Graph entity as it came, whole: a typed round trip would drop the properties that the types do not know. */
export interface GraphObject {
  id?: string;
  '@odata.type'?: string;
  [key: string]: unknown;
}
