package api

import (
	"reflect"
	"strings"

	"github.com/alaya-network/alaya/index/view"
)

// object is a piece of JSON.
type object = map[string]any

// schemas makes JSON schemas of Go types and collects the named ones.
type schemas struct{ named object }

// of returns the schema of a type: a reference for a struct.
func (s schemas) of(t reflect.Type) object {
	switch t {
	case reflect.TypeFor[view.Ualy]():
		return object{"type": "string", "pattern": "^-?[0-9]+$", "description": "ualy"}
	case reflect.TypeFor[view.Serial]():
		return object{"type": "string", "pattern": "^[0-9]+$", "description": "a number of 64 bits"}
	case reflect.TypeFor[view.JSON]():
		return object{}
	}
	switch t.Kind() {
	case reflect.Bool:
		return object{"type": "boolean"}
	case reflect.String:
		return object{"type": "string"}
	case reflect.Slice:
		return object{"type": "array", "items": s.of(t.Elem())}
	case reflect.Map:
		return object{"type": "object", "additionalProperties": s.of(t.Elem())}
	case reflect.Pointer:
		return object{"anyOf": []object{s.of(t.Elem()), {"type": "null"}}}
	case reflect.Struct:
		return s.reference(t)
	default:
		return object{"type": "integer"}
	}
}

func (s schemas) reference(t reflect.Type) object {
	name := nameOf(t)
	if _, done := s.named[name]; !done {
		s.named[name] = nil // a type that holds itself ends here
		s.named[name] = s.structure(t)
	}
	return object{"$ref": "#/components/schemas/" + name}
}

func (s schemas) structure(t reflect.Type) object {
	properties, required := object{}, []string{}
	for _, f := range reflect.VisibleFields(t) {
		name, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		if f.Anonymous || name == "" {
			continue
		}
		properties[name] = s.field(f)
		if options != "omitempty" {
			required = append(required, name)
		}
	}
	return object{"type": "object", "properties": properties, "required": required}
}

func (s schemas) field(f reflect.StructField) object {
	schema := s.of(f.Type)
	if text, ok := f.Tag.Lookup("enum"); ok {
		schema["enum"] = strings.Split(text, ",")
	}
	if text, ok := f.Tag.Lookup("doc"); ok {
		schema["description"] = text
	}
	return schema
}

// nameOf is the name of a struct; a page of cards is a CardPage.
func nameOf(t reflect.Type) string {
	name, inner, generic := strings.Cut(t.Name(), "[")
	if !generic {
		return name
	}
	inner = strings.TrimSuffix(inner, "]")
	return inner[strings.LastIndex(inner, ".")+1:] + name
}
