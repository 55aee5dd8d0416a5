export { type BuildOptions, buildImages } from './build-images.ts';
export type { LockUse } from './debian/provide-packages.ts';
export type { AgentVariant, BuiltImage, ImageArchive, ImageRole, VariantEdit } from './image-archive.ts';
export { ImagesError, type ImagesRule } from './images-error.ts';
