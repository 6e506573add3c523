/** Where pages find the files that browsers load besides them. */
export interface PageFiles {
  /** The address of a file by its name: `url('site.css')`. @throws {RangeError} where there is no such file. */
  url(name: string): string;
}
