"""/api/v1/sql/: a question in SQL over the tables the caller may read."""

from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import serializers, status
from rest_framework.exceptions import APIException, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from datasets.sql_answers import ask, in_words
from datasets.tabular.sql import SqlError

from .frame import limit_of
from .paging import read_paging
from .serializers import TableColumnSerializer

MOST_ROWS = 10_000


class Busy(APIException):
    status_code = status.HTTP_503_SERVICE_UNAVAILABLE


class SqlQuestionSerializer(serializers.Serializer):
    q = serializers.CharField(max_length=10_000, help_text="One SELECT, as PostgreSQL writes it; tables are resource ids in double quotes.")


class SqlAnswerSerializer(serializers.Serializer):
    columns = TableColumnSerializer(many=True)
    count = serializers.IntegerField(help_text="Rows in this answer.")
    truncated = serializers.BooleanField(help_text="There are more rows than `limit`, or more than 10 MB.")
    results = serializers.ListField(child=serializers.DictField())


LIMIT = limit_of(1000, MOST_ROWS)


class SqlView(APIView):
    @extend_schema(
        operation_id="sql",
        tags=["resources"],
        summary="Ask tables in SQL",
        parameters=[OpenApiParameter("q", str, required=True, description="One SELECT; tables are resource ids in double quotes."), LIMIT],
        responses={200: SqlAnswerSerializer, 503: OpenApiResponse(description="Too many questions at once.")},
    )
    def get(self, request: Request) -> Response:
        """Read only: one SELECT over the resources you may read, 5 seconds, 256 MB. A dataset's name stands for its only table."""
        return self._answer(request, request.query_params.get("q", ""))

    @extend_schema(
        operation_id="sql_post",
        tags=["resources"],
        summary="Ask tables in SQL (long questions)",
        parameters=[LIMIT],
        request=SqlQuestionSerializer,
        responses={200: SqlAnswerSerializer, 503: OpenApiResponse(description="Too many questions at once.")},
    )
    def post(self, request: Request) -> Response:
        """The same with the question in the body."""
        given = SqlQuestionSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        return self._answer(request, given.validated_data["q"])

    def _answer(self, request: Request, text: str) -> Response:
        limit, _offset = read_paging(request, default=1000, most=MOST_ROWS)
        try:
            answer = ask(request.user, text, rows=limit)
        except SqlError as error:
            raise (Busy(in_words(error)) if error.code == "busy" else ValidationError({"q": [in_words(error)]})) from None
        names = [name for name, _type in answer.columns]
        return Response(
            {
                "columns": [{"name": name, "type": kind} for name, kind in answer.columns],
                "count": len(answer.rows),
                "truncated": answer.truncated,
                "results": [dict(zip(names, row, strict=True)) for row in answer.rows],
            }
        )
