package gateway

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"strings"

	"github.com/alaya-network/alaya/gateway/api"
)

var (
	//go:embed openapi/alaya.swagger.json
	stagesDocument string
	//go:embed paths.json
	ownDocument string
)

// object is a piece of JSON.
type object = map[string]any

// Document returns the OpenAPI 3.1 document of the gateway's own routes.
func Document() (map[string]any, error) {
	var own struct {
		Info       object         `json:"info"`
		Tags       []any          `json:"tags"`
		Paths      object         `json:"paths"`
		Components map[string]any `json:"components"`
	}
	if err := json.Unmarshal([]byte(ownDocument), &own); err != nil {
		return nil, fmt.Errorf("openapi paths: %w", err)
	}
	paths, components := api.Document()
	maps.Copy(paths, own.Paths)
	if more, ok := own.Components["schemas"].(object); ok {
		maps.Copy(components["schemas"].(object), more)
	}
	return object{"openapi": "3.1.0", "info": own.Info, "tags": own.Tags, "paths": paths, "components": components}, nil
}

// document serves Document with the generated paths of the stages' queries.
func document() (http.Handler, error) {
	whole, err := Document()
	if err != nil {
		return nil, err
	}
	var stages struct {
		Paths       map[string]map[string]object `json:"paths"`
		Definitions object                       `json:"definitions"`
	}
	text := strings.ReplaceAll(stagesDocument, "#/definitions/", "#/components/schemas/")
	if err := json.Unmarshal([]byte(text), &stages); err != nil {
		return nil, fmt.Errorf("openapi document: %w", err)
	}
	for path, operations := range stages.Paths {
		for _, o := range operations {
			upgrade(o)
		}
		whole["paths"].(object)[path] = operations
	}
	maps.Copy(whole["components"].(object)["schemas"].(object), stages.Definitions)
	all, err := json.Marshal(whole)
	if err != nil {
		return nil, fmt.Errorf("openapi document: %w", err)
	}
	return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		_, _ = w.Write(all) // a client that is gone cannot be told
	}), nil
}

// upgrade turns an operation of Swagger 2, which the generator writes, into one
// of OpenAPI 3.
func upgrade(operation object) {
	var kept []any
	params, _ := operation["parameters"].([]any)
	for _, p := range params {
		p := p.(object)
		if p["in"] == "body" {
			operation["requestBody"] = object{"required": true, "content": jsonOf(p["schema"])}
			continue
		}
		schema := object{}
		for _, name := range []string{"type", "format", "enum", "default", "items"} {
			if v, ok := p[name]; ok {
				schema[name] = v
				delete(p, name)
			}
		}
		delete(p, "collectionFormat")
		p["schema"] = schema
		kept = append(kept, p)
	}
	if operation["parameters"] = kept; kept == nil {
		delete(operation, "parameters")
	}
	responses, _ := operation["responses"].(object)
	for _, r := range responses {
		if r := r.(object); r["schema"] != nil {
			r["content"] = jsonOf(r["schema"])
			delete(r, "schema")
		}
	}
}

func jsonOf(schema any) object { return object{"application/json": object{"schema": schema}} }
