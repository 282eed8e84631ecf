package api_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
)

// document is the OpenAPI document, and what of it was asked for.
type document struct {
	Paths      map[string]map[string]operation
	Components struct{ Schemas map[string]schema }
	asked      map[string]bool
}

type operation struct {
	Tags      []string
	Responses map[string]struct {
		Content map[string]struct{ Schema schema }
	}
}

type schema struct {
	Ref                  string `json:"$ref"`
	Type                 string
	Properties           map[string]schema
	Required             []string
	Items                *schema
	Enum                 []string
	AnyOf                []schema
	AdditionalProperties *schema
}

func (w world) document(t *testing.T) *document {
	t.Helper()
	d := &document{asked: map[string]bool{}}
	w.read(t, "/openapi.json", d)
	return d
}

// template finds the route of a path of the table.
func (d *document) template(path string) string {
	path, _, _ = strings.Cut("/api/v1"+path, "?")
	parts := strings.Split(path, "/")
	for template := range d.Paths {
		wanted := strings.Split(template, "/")
		if len(wanted) == len(parts) && !slices.ContainsFunc(wanted, func(p string) bool {
			i := slices.Index(wanted, p)
			return !strings.HasPrefix(p, "{") && p != parts[i]
		}) {
			return template
		}
	}
	return ""
}

// check holds an answer against its schema.
func (d *document) check(t *testing.T, method, path, body string) {
	t.Helper()
	template := d.template(path)
	o, ok := d.Paths[template][strings.ToLower(method)]
	if !ok {
		t.Fatalf("%s %s is not in the document", method, path)
	}
	d.asked[template] = true
	var v any
	if err := json.Unmarshal([]byte(body), &v); err != nil {
		t.Fatal(err)
	}
	if err := d.fits(o.Responses["200"].Content["application/json"].Schema, v, template); err != nil {
		t.Error(err)
	}
}

// complete says which routes of the API nobody asked for; those of one model
// are tested where there are models.
func (d *document) complete(t *testing.T) {
	for path, operations := range d.Paths {
		for _, o := range operations {
			if slices.Contains(o.Tags, "API") && !strings.HasPrefix(path, "/api/v1/models/{id}") && !d.asked[path] {
				t.Errorf("%s: not asked for", path)
			}
		}
	}
}

func (d *document) fits(s schema, v any, at string) error {
	if s.Ref != "" {
		s = d.Components.Schemas[strings.TrimPrefix(s.Ref, "#/components/schemas/")]
	}
	if len(s.AnyOf) > 0 {
		if v == nil {
			return nil
		}
		return d.fits(s.AnyOf[0], v, at)
	}
	switch s.Type {
	case "":
		return nil
	case "object":
		return d.fitsObject(s, v, at)
	case "array":
		list, ok := v.([]any)
		if !ok {
			return fmt.Errorf("%s: %v, want a list", at, v)
		}
		for i, item := range list {
			if err := d.fits(*s.Items, item, fmt.Sprintf("%s[%d]", at, i)); err != nil {
				return err
			}
		}
		return nil
	case "string":
		text, ok := v.(string)
		if !ok || len(s.Enum) > 0 && !slices.Contains(s.Enum, text) {
			return fmt.Errorf("%s: %v, want a text of %v", at, v, s.Enum)
		}
		return nil
	}
	want := map[string]bool{"integer": isNumber(v), "boolean": v == true || v == false}
	if !want[s.Type] {
		return fmt.Errorf("%s: %v, want %s", at, v, s.Type)
	}
	return nil
}

func isNumber(v any) bool {
	n, ok := v.(float64)
	return ok && n == float64(int64(n))
}

func (d *document) fitsObject(s schema, v any, at string) error {
	fields, ok := v.(map[string]any)
	if !ok {
		return fmt.Errorf("%s: %v, want an object", at, v)
	}
	for _, name := range s.Required {
		if _, ok := fields[name]; !ok {
			return fmt.Errorf("%s: no %s", at, name)
		}
	}
	for name, value := range fields {
		inner, known := s.Properties[name]
		if !known && s.AdditionalProperties != nil {
			inner, known = *s.AdditionalProperties, true
		}
		if !known {
			return fmt.Errorf("%s: %s is not described", at, name)
		}
		if err := d.fits(inner, value, at+"."+name); err != nil {
			return err
		}
	}
	return nil
}
