"""Judges recorded requests and answers by botocore's service models: AWS's own description of each API.

stdin: a JSON array of exchanges (service, method, url, headers, body, status, answerHeaders, answer; bodies in base64).
stdout: {"operations": {...}, "requests": n, "answers": n, "differing": [text, ...]}
"""
import base64
import json
import re
import sys
import xml.etree.ElementTree as ET
from urllib.parse import parse_qsl, unquote, urlsplit

import botocore.loaders
import botocore.model

loader = botocore.loaders.Loader()
models = {}
# What every request may bear, whatever the operation: signature, SDK, encoding of the body.
COMMON = re.compile(r'x-amz-(date|content-sha256|security-token|user-agent|decoded-content-length|trailer|id-2)$|x-amzn?-request-?id$')


def model_of(service):
    if service not in models:
        models[service] = botocore.model.ServiceModel(loader.load_service_model(service, 'service-2'), service)
    return models[service]


class Judge:
    def __init__(self):
        self.problems = []

    def say(self, path, text):
        self.problems.append(f'{path}: {text}')

    def check(self, shape, value, path):
        kind, rules = shape.type_name, shape.metadata
        if kind == 'structure':
            for name in rules.get('required', []):
                if value.get(name) is None:
                    self.say(path, f'{name} is required')
            if rules.get('union') and len(value) != 1:
                self.say(path, 'a union has one member')
            for name, item in value.items():
                self.check(shape.members[name], item, f'{path}.{name}')
        elif kind == 'list':
            self.size(rules, len(value), path)
            for index, item in enumerate(value):
                self.check(shape.member, item, f'{path}[{index}]')
        elif kind == 'map':
            for key, item in value.items():
                self.check(shape.value, item, f'{path}.{key}')
        elif kind == 'string':
            if not isinstance(value, str):
                return self.say(path, f'{value!r} is no string')
            self.size(rules, len(value), path)
            if shape.enum and value not in shape.enum:
                self.say(path, f'{value} is not one of the enumeration')
            pattern = rules.get('pattern')
            if pattern and not matches(pattern, value):
                self.say(path, f'{value} is not {pattern}')
        elif kind in ('integer', 'long'):
            if not re.fullmatch(r'-?\d+', str(value)):
                return self.say(path, f'{value!r} is no number')
            self.size(rules, int(value), path)
        elif kind == 'boolean' and str(value).lower() not in ('true', 'false'):
            self.say(path, f'{value!r} is no boolean')

    def size(self, rules, number, path):
        if number < rules.get('min', number):
            self.say(path, f'{number} is less than {rules["min"]}')
        if number > rules.get('max', number):
            self.say(path, f'{number} is more than {rules["max"]}')

    def members(self, shape):
        return {member.serialization.get('name', name): (name, member) for name, member in shape.members.items()}

    def from_json(self, shape, value, path):
        if shape.type_name == 'structure':
            known, found = {k: v for k, v in self.members(shape).items() if 'location' not in v[1].serialization}, {}
            for key, item in value.items():
                if key not in known:
                    self.say(path, f'{key} is not known')
                elif item is not None:
                    name, member = known[key]
                    found[name] = self.from_json(member, item, f'{path}.{key}')
            return found
        if shape.type_name == 'list':
            return [self.from_json(shape.member, item, path) for item in value]
        if shape.type_name == 'map':
            return {key: self.from_json(shape.value, item, path) for key, item in value.items()}
        return value

    def from_xml(self, shape, node, path):
        if shape.type_name == 'structure':
            known, found = {k: v for k, v in self.members(shape).items() if 'location' not in v[1].serialization}, {}
            for child in node:
                tag = child.tag.split('}')[-1]
                flat = {v[1].member.serialization.get('name', k): v for k, v in known.items()
                        if v[1].type_name == 'list' and v[1].serialization.get('flattened')}
                if tag in flat or tag in known:
                    name, member = flat.get(tag) or known[tag]
                    if member.type_name == 'list' and member.serialization.get('flattened'):
                        found.setdefault(name, []).append(self.from_xml(member.member, child, f'{path}.{tag}'))
                    else:
                        found[name] = self.from_xml(member, child, f'{path}.{tag}')
                elif tag not in ('ResponseMetadata', 'RequestId'):
                    self.say(path, f'{tag} is not known')
            return found
        if shape.type_name == 'list':
            expected = shape.member.serialization.get('name', 'member')
            for child in node:
                if child.tag.split('}')[-1] != expected:
                    self.say(path, f'{child.tag} is not {expected}')
            return [self.from_xml(shape.member, child, path) for child in node]
        return node.text or ''

    def from_query(self, shape, prefix, form, used):
        if shape.type_name == 'structure':
            found = {}
            for name, member in shape.members.items():
                key = f'{prefix}.{member.serialization.get("name", name)}' if prefix else member.serialization.get('name', name)
                item = self.from_query(member, key, form, used)
                if item is not None:
                    found[name] = item
            return found or (None if prefix else {})
        if shape.type_name == 'list':
            items, base = [], prefix if shape.serialization.get('flattened') else f'{prefix}.{shape.member.serialization.get("name", "member")}'
            while True:
                item = self.from_query(shape.member, f'{base}.{len(items) + 1}', form, used)
                if item is None:
                    break
                items.append(item)
            if not items and prefix in form:
                used.add(prefix)
                return []
            return items or None
        if prefix in form:
            used.add(prefix)
        return form.get(prefix)


def matches(pattern, value):
    try:
        return re.search(f'^(?:{pattern})$', value, re.DOTALL) is not None
    except re.error:
        return True  # written for another language


def located(judge, shape, headers, query, uri):
    """The members that stand outside the body, and the names that were understood."""
    found, used = {}, set()
    for name, member in shape.members.items():
        place, key = member.serialization.get('location'), member.serialization.get('name', name)
        source = {'uri': uri, 'querystring': query, 'header': headers}.get(place)
        if place == 'header':
            key = key.lower()
        if place == 'headers':
            items = {k[len(key):]: v for k, v in headers.items() if k.startswith(key.lower())}
            used |= {key.lower() + k for k in items}
            if items:
                found[name] = items
        elif source is not None and key in source:
            used.add(key)
            found[name] = source[key].split(',') if member.type_name == 'list' else source[key]
    return found, used


def body_of(judge, shape, raw, protocol, path):
    payload = shape.serialization.get('payload')
    if payload is not None:
        member = shape.members[payload]
        if member.type_name != 'structure':
            return {payload: raw} if raw and member.type_name == 'blob' else {}
        return {payload: judge.from_xml(member, ET.fromstring(raw), path)} if raw else {}
    if not raw:
        return {}
    if protocol == 'rest-json':
        return judge.from_json(shape, json.loads(raw), path)
    return judge.from_xml(shape, ET.fromstring(raw), path)


def operation_of(model, method, path, query, headers):
    best = None
    for name in model.operation_names:
        operation = model.operation_model(name)
        if operation.http['method'] != method:
            continue
        template, _, fixed = operation.http['requestUri'].partition('?')
        expression = re.sub(r'\\\{(\w+)(\\\+)?\\\}', lambda m: f'(?P<{m[1]}>{".+" if m[2] else "[^/]+"})', re.escape(template))
        match = re.fullmatch(expression, path.rstrip('/') or '/')
        wanted = dict(parse_qsl(fixed, keep_blank_values=True))
        if match is None or any(query.get(key) != value for key, value in wanted.items()):
            continue
        uri = {key: unquote(value) for key, value in match.groupdict().items()}
        shape = operation.input_shape
        required = [shape.members[key] for key in (shape.metadata.get('required', []) if shape else [])]
        keys = [(m.serialization.get('location'), m.serialization.get('name', '')) for m in required]
        here = [query if place == 'querystring' else headers for place, _ in keys]
        marks = [(key if place == 'querystring' else key.lower()) in source for (place, key), source in zip(keys, here) if place in ('querystring', 'header')]
        if not all(marks):
            continue
        score = (query.get('x-id') == name, len(wanted) + len(marks))
        if best is None or score > best[0]:
            best = (score, operation, uri, wanted)
    return best and best[1:]


def request_of(judge, model, exchange):
    parts = urlsplit(exchange['url'])
    headers = {key.lower(): value for key, value in exchange['headers'].items()}
    raw = base64.b64decode(exchange['body'])
    protocol = model.metadata['protocol']
    if protocol == 'query':
        form = dict(parse_qsl(raw.decode(), keep_blank_values=True))
        operation, used = model.operation_model(form['Action']), {'Action', 'Version'}
        if form['Version'] != model.api_version:
            judge.say('Version', f'{form["Version"]} is not {model.api_version}')
        params = judge.from_query(operation.input_shape, '', form, used) if operation.input_shape else {}
        for key in sorted(set(form) - used):
            judge.say(operation.name, f'{key} is not known')
    else:
        query = dict(parse_qsl(parts.query, keep_blank_values=True))
        match = operation_of(model, exchange['method'], parts.path, query, headers)
        if match is None:
            judge.say(f'{exchange["method"]} {exchange["url"]}', 'no operation has this address')
            return None
        operation, uri, wanted = match
        shape = operation.input_shape
        if shape is None:
            return operation
        params, used = located(judge, shape, headers, query, uri)
        if headers.get('content-encoding') != 'aws-chunked':
            params.update(body_of(judge, shape, raw, protocol, operation.name))
        for key in sorted(set(query) - used - set(wanted) - {'x-id'}):
            judge.say(operation.name, f'the parameter {key} is not known')
        for key in sorted(headers):
            if key.startswith('x-amz') and key not in used and not COMMON.match(key) and not key.startswith('x-amz-checksum-'):
                judge.say(operation.name, f'the header {key} is not known')
    if operation.input_shape:
        judge.check(operation.input_shape, params, operation.name)
    return operation


def answer_of(judge, model, operation, exchange):
    raw, protocol = base64.b64decode(exchange['answer']), model.metadata['protocol']
    headers = {key.lower(): value for key, value in exchange['answerHeaders'].items()}
    path, shape = f'{operation.name} answer', operation.output_shape
    if exchange['status'] >= 300:
        if protocol == 'rest-json':
            code = headers.get('x-amzn-errortype', '').split(':')[0]
            known = {error.name for error in operation.error_shapes} | {'AccessDeniedException', 'UnrecognizedClientException'}
            if code not in known:
                judge.say(path, f'the error {code} is not known')
        return
    if shape is None:
        return
    found, _ = located(judge, shape, headers, {}, {})
    if protocol == 'query':
        node = ET.fromstring(raw)
        wrapper = shape.serialization.get('resultWrapper')
        inner = next((child for child in node if child.tag.split('}')[-1] == wrapper), None)
        if inner is None:
            return judge.say(path, f'{wrapper} is missing')
        found = judge.from_xml(shape, inner, path)
    elif exchange['method'] != 'HEAD':
        if operation.name == 'GetBucketLocation':
            found = {}
        else:
            found.update(body_of(judge, shape, raw, protocol, path))
    judge.check(shape, found, path)


def main():
    counts, differing, requests, answers = {}, set(), 0, 0
    for exchange in json.load(sys.stdin):
        judge, model = Judge(), model_of(exchange['service'])
        operation = request_of(judge, model, exchange)
        requests += 1
        if operation is not None:
            key = f'{exchange["service"]}:{operation.name}'
            counts[key] = counts.get(key, 0) + 1
            answer_of(judge, model, operation, exchange)
            answers += 1
        differing.update(f'{exchange["service"]} {problem}' for problem in judge.problems)
    json.dump({'operations': counts, 'requests': requests, 'answers': answers, 'differing': sorted(differing)}, sys.stdout)


main()
