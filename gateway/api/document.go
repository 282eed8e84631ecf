package api

import (
	"reflect"
	"strings"

	"github.com/alaya-network/alaya/plane/serve"
)

// Document returns paths and components of the OpenAPI 3.1 document, made from
// the routes and the types they answer with.
func Document() (paths, components map[string]any) {
	s := schemas{object{}}
	s.of(reflect.TypeFor[serve.Failed]())
	paths = object{}
	for _, r := range (*API)(nil).routes() {
		operations, _ := paths[r.path].(object)
		if operations == nil {
			operations = object{}
			paths[r.path] = operations
		}
		operations[strings.ToLower(r.method)] = r.describe(s)
	}
	return paths, object{"schemas": s.named}
}
