/** The AWS query protocol (STS, CloudFormation): form parameters in, XML out. */
import { renderXml, type XmlTree } from './xml.js'
import type { AwsRequest, AwsResponse } from './world.js'

/** Parameters of the form body; a GET carries them in the query string. */
export function queryParameters(request: AwsRequest): URLSearchParams {
  return request.method === 'GET' ? request.query : new URLSearchParams(request.body.toString('utf8'))
}

/** `<XResponse><XResult>…</XResult><ResponseMetadata>…`. `result: null` leaves the result element out. */
export function queryResponse(
  request: AwsRequest,
  action: string,
  namespace: string,
  result: XmlTree | null
): AwsResponse {
  const content = { [`${action}Result`]: result, ResponseMetadata: { RequestId: request.requestId } }
  return { status: 200, headers: xmlHeaders(request), body: renderXml(`${action}Response`, content, namespace) }
}

/** `<ErrorResponse><Error><Type>Sender|Receiver</Type><Code>…`, as the query services answer every error. */
export function queryError(
  request: AwsRequest,
  namespace: string,
  code: string,
  message: string,
  status: number
): AwsResponse {
  const content = {
    Error: { Type: status < 500 ? 'Sender' : 'Receiver', Code: code, Message: message },
    RequestId: request.requestId
  }
  return { status, headers: xmlHeaders(request), body: renderXml('ErrorResponse', content, namespace) }
}

function xmlHeaders(request: AwsRequest): Record<string, string> {
  return { 'content-type': 'text/xml', 'x-amzn-requestid': request.requestId }
}
