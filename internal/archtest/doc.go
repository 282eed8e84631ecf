// Package archtest turns the architecture into tests: who may import whom and
// why, one package comment per package, and
// the map in ARCHITECTURE.md against the folders that exist.
//
// Words: a place is a folder and all below it; a module path is an import path
// without the repository's own prefix.
package archtest
