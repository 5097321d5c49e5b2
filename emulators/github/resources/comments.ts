/** Comments of pull requests (to GitHub a pull request is an issue). */
import {
  ApiFailure,
  characterCount,
  list,
  notFound,
  ofRepository,
  one,
  recordById,
  validationFailed,
  type ApiRequest,
  type Needs,
  type Operation
} from '../operation.js'
import { timestamp, type CommentRecord, type PullRecord, type World } from '../world.js'
import { repositoryUrl } from './repositories.js'
import { nodeId, renderApp, renderUser } from './users.js'

/** GitHub refuses longer ones: "body is too long (maximum is 65536 characters)". */
const maxCommentCharacters = 65_536

const read: Needs = [
  ['issues', 'read'],
  ['pull-requests', 'read']
]
const write: Needs = [
  ['issues', 'write'],
  ['pull-requests', 'write']
]

function renderComment(world: World, comment: CommentRecord) {
  const root = repositoryUrl(world, comment.repository)
  return {
    id: comment.id,
    node_id: nodeId('IC', comment.id),
    url: `${root}/issues/comments/${comment.id}`,
    html_url: `${world.htmlUrl}/${comment.repository}/pull/${comment.issueNumber}#issuecomment-${comment.id}`,
    issue_url: `${root}/issues/${comment.issueNumber}`,
    body: comment.body,
    user: renderUser(world, comment.author),
    author_association: 'NONE',
    created_at: timestamp(comment.createdAt),
    updated_at: timestamp(comment.updatedAt),
    performed_via_github_app: renderApp(world, comment.author)
  }
}

export function addComment(
  world: World,
  comment: Pick<CommentRecord, 'repository' | 'issueNumber' | 'author' | 'body'>
): CommentRecord {
  const hiddenReads = world.state.commentLag
  const record = { id: world.nextId(), ...comment, createdAt: world.now(), updatedAt: world.now(), hiddenReads }
  world.state.comments.push(record)
  return record
}

function checkedBody({ body }: ApiRequest): string {
  const { body: text } = body as { body: string }
  if (text.trim() === '') throw validationFailed('IssueComment', 'body', 'custom', 'body cannot be blank')
  if (characterCount(text) > maxCommentCharacters) {
    const message = `body is too long (maximum is ${maxCommentCharacters} characters)`
    throw validationFailed('IssueComment', 'body', 'unprocessable', message)
  }
  return text
}

function conversation(request: ApiRequest): PullRecord {
  const number = Number(request.params['issue_number'])
  const pull = ofRepository(request.world.state.pulls, request).find(p => p.number === number)
  if (pull === undefined) throw notFound()
  return pull
}

export const commentOperations: readonly Operation[] = [
  {
    id: 'issues/list-comments',
    needs: read,
    handle(request) {
      const { number } = conversation(request)
      const since = Date.parse((request.query['since'] as string | undefined) ?? timestamp(0))
      const comments = ofRepository(request.world.state.comments, request)
        .filter(c => c.issueNumber === number && c.updatedAt >= since)
        .filter(c => c.hiddenReads-- <= 0)
        .sort((a, b) => a.id - b.id)
      return list(comments, comment => renderComment(request.world, comment))
    }
  },
  {
    id: 'issues/create-comment',
    needs: write,
    handle(request) {
      const { number, locked } = conversation(request)
      if (locked) throw new ApiFailure(403, 'Unable to create comment because issue is locked.')
      const where = { repository: request.repository.fullName, issueNumber: number }
      const comment = addComment(request.world, { ...where, author: request.token.login, body: checkedBody(request) })
      return one(renderComment(request.world, comment), 201)
    }
  },
  {
    id: 'issues/get-comment',
    needs: read,
    handle: request =>
      one(renderComment(request.world, recordById(request.world.state.comments, request, 'comment_id')))
  },
  {
    id: 'issues/update-comment',
    needs: write,
    handle(request) {
      const comment = recordById(request.world.state.comments, request, 'comment_id')
      comment.body = checkedBody(request)
      comment.updatedAt = request.world.now()
      return one(renderComment(request.world, comment))
    }
  },
  {
    id: 'issues/delete-comment',
    needs: write,
    handle(request) {
      const { comments } = request.world.state
      comments.splice(comments.indexOf(recordById(comments, request, 'comment_id')), 1)
      return { kind: 'empty', status: 204 }
    }
  }
]
