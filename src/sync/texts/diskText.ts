/** About a data folder on a disk that has no hard links, such as FAT. */
export const NO_HARD_LINKS_TEXT =
  'The disk of the data folder has no hard links: only this computer may sync into it';
